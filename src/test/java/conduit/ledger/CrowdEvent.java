package conduit.ledger;

import conduit.json.Json;
import conduit.project.Project.CostLimits;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * What one transaction of a crowd did while it held its project's lock.
 *
 * @param order  from a sequence of the database, drawn under the lock: the serial order within a project
 * @param worsts what the request can cost on each model that it may run on, the dearest first; empty where a run ended
 * @param limits what the verdict was made by
 * @param least  the limits' version that was committed before it began, or 0
 * @param taken  which of the worst cases was set aside, or -1 if none fitted
 * @param cost   what the run cost that ended, or null
 */
record CrowdEvent(long order, String project, String run, String day, List<BigDecimal> worsts, BigDecimal daily,
                  BigDecimal monthly, int least, int taken, BigDecimal cost) {

    static CrowdEvent asked(long order, Run run, CostLimits limits, int least, List<BigDecimal> worsts, int taken) {
        return new CrowdEvent(order, run.request().project(), run.key(), run.day().toString(), worsts, limits.daily(),
                limits.monthly(), least, taken, null);
    }

    static CrowdEvent ended(long order, Run run, BigDecimal cost) {
        return new CrowdEvent(order, run.request().project(), run.key(), run.day().toString(), List.of(), null, null, 0, -1, cost);
    }

    boolean isEnd() {
        return cost != null;
    }

    /** The keys of the periods whose limits it counts against. */
    List<String> periods() {
        return Period.of(LocalDate.parse(day));
    }

    static void write(List<CrowdEvent> events, Path file) throws IOException {
        Files.write(file, events.stream().map(Json::write).toList());
    }

    static List<CrowdEvent> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> Json.as(Json.tree(line), CrowdEvent.class)).toList();
    }
}
