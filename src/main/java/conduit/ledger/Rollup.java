package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;

/** Keeps the sums in {@code usage_daily}, so that a report costs the same with any number of usage rows. */
record Rollup(JdbcClient jdbc) {

    private static final String ADD = "update usage_daily set requests = requests + :requests, "
            + "input_tokens = input_tokens + :input, output_tokens = output_tokens + :output, "
            + "cache_read_tokens = cache_read_tokens + :read, cache_write_tokens = cache_write_tokens + :write, "
            + "cost = cost + :cost, estimated_cost = estimated_cost + :estimated, differing = differing + :differing "
            + "where project_id = :project and booked_on = :day and model = :model and agent_id = :agent "
            + "and routing_source = :source";
    private static final String FIRST = "insert into usage_daily values (:project, :day, :model, :agent, :source, "
            + ":requests, :input, :output, :read, :write, :cost, :estimated, :differing)";

    /** Adds what a run used; nobody else writes its project's sums meanwhile, as its spending is locked. */
    void add(Completion completion) {
        for (UsageRow row : completion.usage()) {
            if (add(ADD, completion.run(), row) == 0) {
                add(FIRST, completion.run(), row);
            }
        }
    }

    private int add(String sql, Run run, UsageRow row) {
        String agent = run.request().agent().id();
        return jdbc.sql(sql).param("project", run.request().project()).param("day", run.day())
                .param("model", row.model()).param("agent", agent == null ? "" : agent)
                .param("source", run.decision().source().text()).param("requests", row.part() == 0 ? 1 : 0)
                .param("input", row.tokens().input()).param("output", row.tokens().output())
                .param("read", row.tokens().cacheRead()).param("write", row.tokens().cacheWrite())
                .param("cost", row.costUsd()).param("estimated", row.estimated() ? row.costUsd() : BigDecimal.ZERO)
                .param("differing", row.differs() ? 1 : 0).update();
    }
}
