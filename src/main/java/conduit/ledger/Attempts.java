package conduit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.claude.Failure;
import conduit.json.Json;
import conduit.routing.Routed;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of attempts. A run that made only one has none. */
public record Attempts(JdbcClient jdbc) {

    private static final int LONGEST_DETAIL = 1_000;

    /**
     * What is on disk of a run's attempts.
     *
     * @param nextModel  the model of the one that followed the last of them, or null
     * @param nextWorst  the most that this one can cost, US dollars, or null
     */
    record Kept(Tried tried, String nextModel, BigDecimal nextWorst) {
    }

    /** @param next the run's next attempt, or null */
    void add(Run run, Tried tried, Routed next, Instant at) {
        // PostgreSQL takes no NUL; what can't be stored would keep the run from ever ending.
        String said = tried.detail().replace('\0', ' ');
        String detail = said.length() > LONGEST_DETAIL ? said.substring(0, LONGEST_DETAIL) : said;
        jdbc.sql("insert into attempts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                .params(run.request().id(), run.number(), tried.number(), run.request().project(), tried.model(),
                        tried.failure() == null ? null : tried.failure().text(), detail, tried.latencyMs(),
                        tried.costUsd(), Json.write(tried.usage()), next == null ? null : next.model().id(),
                        next == null ? null : next.estimate().worstCaseUsd(), Requests.time(at)).update();
    }

    /** Those of a run, in their order. */
    List<Kept> kept(String id, int run) {
        return jdbc.sql("select * from attempts where request_id = ? and run = ? order by attempt").params(id, run)
                .query(Attempts::row).list();
    }

    /** Those of a run that are over, in their order; none where it made only one. */
    public List<Tried> of(String id, int run) {
        return kept(id, run).stream().map(Kept::tried).toList();
    }

    /** The model that answered a run that took more than one attempt. */
    public Optional<String> answeredBy(String id, int run) {
        return jdbc.sql("select model from attempts where request_id = ? and run = ? and failure is null").params(id, run)
                .query(String.class).optional();
    }

    private static Kept row(ResultSet row, int index) throws SQLException {
        List<UsageRow> usage = new ArrayList<>();
        for (JsonNode billed : Json.tree(row.getString("billed"))) {
            usage.add(Json.as(billed, UsageRow.class));
        }
        String failure = row.getString("failure");
        return new Kept(new Tried(row.getInt("attempt"), row.getString("model"), failure == null ? null : Failure.of(failure),
                row.getString("detail"), row.getLong("latency_ms"), usage), row.getString("next_model"),
                row.getBigDecimal("next_worst"));
    }
}
