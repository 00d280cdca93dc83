package conduit.backtest;

import conduit.ledger.Period;
import conduit.project.Project;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes which requests would not have fitted into their project's limits. As in {@link conduit.budget.Budget}, a
 * request fits if what is spent and the most that it can cost stay within the limit; what other requests had set aside
 * at that moment is not on record. Nothing is blocked or degraded here, so the sums go on growing behind a limit.
 */
final class LimitWatch {

    private final Map<String, Hit> hits = new LinkedHashMap<>();

    /**
     * A limit that would have been hit.
     *
     * @param period       the calendar day (2026-11-21) or month (2026-11)
     * @param hitAt        when the first request would not have fitted
     * @param requestsOver how many would not have fitted
     */
    public record Hit(String project, String period, BigDecimal limitUsd, Instant hitAt, long requestsOver) {
    }

    void see(Project project, Spends.Sum spent, BigDecimal worst, ZonedDateTime at) {
        if (project.features().costTracking()) {
            see(project.id(), Period.day(spent.day()), project.costLimits().daily(), spent.today().add(worst), at);
            see(project.id(), Period.month(spent.day()), project.costLimits().monthly(), spent.thisMonth().add(worst),
                    at);
        }
    }

    private void see(String project, String period, BigDecimal limit, BigDecimal needed, ZonedDateTime at) {
        if (limit != null && needed.compareTo(limit) > 0) {
            hits.merge(project + " " + period, new Hit(project, period, limit, at.toInstant(), 1),
                    (before, one) -> new Hit(project, period, limit, before.hitAt(), before.requestsOver() + 1));
        }
    }

    /** In the order in which they would have been hit. */
    List<Hit> hits() {
        return new ArrayList<>(hits.values());
    }
}
