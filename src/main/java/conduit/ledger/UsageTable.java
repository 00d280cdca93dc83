package conduit.ledger;

import conduit.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statements that write usage, with named parameters, for Camel JDBC. */
public final class UsageTable {

    /** Columns in the order of the table and of the exports. */
    public static final List<String> COLUMNS = List.of("id", "request_id", "project_id", "agent_id", "session_id",
            "model", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
            "cache_write_1h_tokens", "total_tokens", "cost", "estimated", "cost_currency", "routing_source",
            "routing_reason", "latency_ms", "metadata", "created_at");

    /** Writes one usage row. */
    public static final String INSERT = "insert into usage_tracking (request_id, run, part, project_id, agent_id, "
            + "session_id, model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, "
            + "cache_write_1h_tokens, cost, cli_cost, cost_differs, estimated, cost_currency, routing_source, routing_reason, "
            + "latency_ms, attempt, metadata, booked_on, created_at) values (:?request_id, :?run, :?part, :?project_id, :?agent_id, "
            + ":?session_id, :?model, :?input_tokens, :?output_tokens, :?cache_read_tokens, :?cache_write_tokens, "
            + ":?cache_write_1h_tokens, :?cost, :?cli_cost, :?cost_differs, :?estimated, 'USD', :?routing_source, :?routing_reason, "
            + ":?latency_ms, :?attempt, :?metadata, :?booked_on, :?created_at)";

    /**
     * Promises a run's usage rows to the scheduled exports. The range of parts makes H2 look them up by their run: where a
     * busy day follows quiet months, it would read all rows of the day, 20 times slower at 20,000.
     */
    public static final String QUEUE = "insert into export_queue (kind, usage_id, booked_on, created_at) "
            + "select k.kind, u.id, u.booked_on, u.created_at from usage_tracking u cross join (values ('daily'), "
            + "('hourly')) as k (kind) where u.request_id = :?request_id and u.run = :?run "
            + "and u.part between 0 and 1000 and u.booked_on = :?booked_on";

    private UsageTable() {
    }

    /** The parameters of {@link #INSERT} for each row of a completion, and of {@link #QUEUE}. */
    public static List<Map<String, Object>> rows(Completion completion) {
        Run run = completion.run();
        return completion.usage().stream().map(usage -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("request_id", run.request().id());
            row.put("run", run.number());
            row.put("part", usage.part());
            row.put("project_id", run.request().project());
            row.put("agent_id", run.request().agent().id());
            row.put("session_id", run.request().session());
            row.put("model", usage.model());
            row.put("input_tokens", usage.tokens().input());
            row.put("output_tokens", usage.tokens().output());
            row.put("cache_read_tokens", usage.tokens().cacheRead());
            row.put("cache_write_tokens", usage.tokens().cacheWrite());
            row.put("cache_write_1h_tokens", usage.tokens().cacheWrite1h());
            row.put("cost", usage.costUsd());
            row.put("cli_cost", usage.cliCost());
            row.put("cost_differs", usage.differs());
            row.put("estimated", usage.estimated());
            row.put("routing_source", run.decision().source().text());
            row.put("routing_reason", Requests.shortened(run.decision().reason()));
            row.put("latency_ms", usage.attempt() < run.attempt() ? run.tried().get(usage.attempt() - 1).latencyMs()
                    : completion.outcome().latencyMs());
            row.put("attempt", usage.attempt());
            row.put("metadata", Json.write(run.request().metadata()));
            row.put("booked_on", run.day());
            row.put("created_at", Requests.time(run.routed().at().toInstant()));
            return row;
        }).toList();
    }
}
