package conduit.bench;

import conduit.SettableClock;
import conduit.ledger.Stores;
import conduit.retention.Partitions;

import java.time.YearMonth;

/** Two years of settled requests of a hundred projects, written in sets. */
final class LedgerFill {

    static final int PROJECTS = 100;
    private static final String FIRST_DAY = "2024-11-22";
    private static final int DAYS = 730;
    private static final int CHUNK = 20_000;

    private static final String PROJECT = "concat('p', mod(x, " + PROJECTS + "))";
    private static final String MODEL = "case mod(x / 500, 3) when 0 then 'claude-haiku-5-5' when 1 then 'claude-sonnet-5-5' "
            + "else 'claude-opus-5-5' end";
    private static final String SOURCE = "case mod(x / 1500, 2) when 0 then 'rule' else 'bandit' end";
    private static final String AGENT = "concat('a', mod(x / 100, 5))";
    private static final String ID = "concat('filled-', lpad(cast(x as varchar(9)), 9, '0'))";

    private final Stores on;
    private final boolean postgres;
    private final long rows;

    private LedgerFill(Stores on, boolean postgres, long rows) {
        this.on = on;
        this.postgres = postgres;
        this.rows = rows;
    }

    /** Fills a ledger that is empty. */
    static void fill(Stores on, boolean postgres, long rows) {
        if (postgres) {
            for (YearMonth month = YearMonth.parse("2024-11"); month.isBefore(YearMonth.parse("2026-12"));
                    month = month.plusMonths(1)) {
                new Partitions(on.jdbc, on.transaction, new SettableClock(month + "-01T00:00:00Z")).prepare();
            }
        }
        new LedgerFill(on, postgres, rows).all();
    }

    private void all() {
        for (long from = 0; from < rows; from += CHUNK) {
            chunk(from, Math.min(rows, from + CHUNK) - 1);
        }
        on.jdbc.sql("insert into usage_daily select project_id, booked_on, model, agent_id, routing_source, count(*), "
                + "sum(input_tokens), sum(output_tokens), 0, 0, sum(cost), 0, 0 from usage_tracking group by project_id, "
                + "booked_on, model, agent_id, routing_source").update();
        on.jdbc.sql("insert into spending select project_id, cast(booked_on as varchar(10)), sum(cost), 0 from usage_daily "
                + "group by project_id, booked_on").update();
        on.jdbc.sql("insert into spending select project_id, substring(period from 1 for 7), sum(spent), 0 from spending "
                + "group by project_id, substring(period from 1 for 7)").update();
        if (postgres) {
            on.jdbc.sql("analyze").update();
            on.jdbc.sql("checkpoint").update();
        }
    }

    private void chunk(long from, long to) {
        String source = " from " + (postgres ? "generate_series" : "system_range") + "(cast(" + from + " as bigint), cast(" + to
                + " as bigint)) as s (x)";
        String day = "cast(date '" + FIRST_DAY + "' + (x * " + DAYS + " / " + rows + ") * interval '1' day as date)";
        String at = "cast(" + day + " as timestamp) + mod(x, 86400) * interval '1' second";
        on.jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, agent_id, metadata, answer, cost, "
                + "flags, input_bytes, node, created_at, updated_at) select " + ID + ", 1, " + PROJECT + ", 'completed', "
                + "'http', '" + "0".repeat(64) + "', " + AGENT + ", '{}', '" + "An answer. ".repeat(18) + "', 0.001234, '[]', "
                + "100, 'bench', " + at + ", " + at + source).update();
        on.jdbc.sql("insert into routing_decisions select " + ID + ", 1, " + PROJECT + ", " + MODEL + ", " + SOURCE
                + ", 'why it was chosen', 'general', 100, '[]', '[]', 'v', 1, 10, false, " + at + source).update();
        on.jdbc.sql("insert into reservations select " + ID + ", 1, " + PROJECT + ", " + day + ", 0.25, 'settled', " + at
                + source).update();
        on.jdbc.sql("insert into usage_tracking (request_id, run, part, project_id, agent_id, model, input_tokens, "
                + "output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, estimated, "
                + "cost_currency, routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) select " + ID
                + ", 1, 0, " + PROJECT + ", " + AGENT + ", " + MODEL + ", 100, 200, 0, 0, 0, 0.001234, false, 'USD', "
                + SOURCE + ", 'why it was chosen', 900, '{}', " + day + ", " + at + source).update();
    }
}
