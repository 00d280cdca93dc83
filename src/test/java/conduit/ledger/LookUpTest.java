package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a ledger that gets slower with each request of a busy day. */
class LookUpTest {

    private static final String FILL = "insert into usage_tracking (request_id, run, part, project_id, model, input_tokens, "
            + "output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, estimated, cost_currency, "
            + "routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) select concat('%s', x), 1, 0, 'p', "
            + "'m', 1, 1, 0, 0, 0, 0, false, 'USD', 'rule', 'why', 1, '{}', %s, current_timestamp from system_range(1, %s) as s (x)";

    @Test
    void aBusyDayBehindQuietMonthsIsNotReadAsAWhole(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("ledger") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DEFAULT_NULL_ORDERING=HIGH";
        try (HikariDataSource source = Database.open(url, "conduit", "", "claude-sonnet-5-5")) {
            JdbcClient jdbc = JdbcClient.create(source);
            jdbc.sql(FILL.formatted("quiet", "cast(date '2024-11-01' + x * interval '1' day as date)", 730)).update();
            jdbc.sql("analyze").update();
            jdbc.sql(FILL.formatted("busy", "date '2026-11-21'", 1500)).update();

            String plan = jdbc.sql("explain analyze " + UsageTable.QUEUE.replace(":?", ":")).param("request_id", "busy7")
                    .param("run", 1).param("booked_on", java.time.LocalDate.parse("2026-11-21")).query(String.class).single();

            assertThat(jdbc.sql("select count(*) from export_queue").query(Long.class).single()).isEqualTo(2);
            assertThat(plan).contains("request_id = ").doesNotContainIgnoringCase("usage_by_day");
        }
    }
}
