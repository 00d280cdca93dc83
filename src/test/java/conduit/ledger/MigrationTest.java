package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Guards against an update of Conduit that loses or changes usage. */
class MigrationTest {

    private static final String INSERT = "insert into usage_tracking (request_id, run, part, project_id, agent_id, model, "
            + "input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, cli_cost, "
            + "estimated, cost_currency, routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) "
            + "values (?, 1, 0, 'p', null, 'm', 1, 2, 3, 4, 2, 0.123456, null, false, 'USD', 'rule', 'why', 7, '{}', "
            + "cast(? as date), timestamp with time zone '2026-11-21 12:00:00+00')";
    private static final List<String> DAYS = List.of("2025-12-31", "2026-01-01", "2026-11-01", "2026-11-30", "2026-11-30");

    @ParameterizedTest
    @MethodSource("conduit.ledger.OnEachDatabase$Databases#fresh")
    void aDatabaseFromBeforeKeepsEveryRow(String url) {
        boolean h2 = url.startsWith("jdbc:h2:");
        try (HikariDataSource old = new HikariDataSource()) {
            old.setJdbcUrl(url);
            old.setUsername("postgres");
            old.setPassword("postgres");
            Flyway.configure().dataSource(old).locations("classpath:db/migration", "classpath:db/"
                    + (h2 ? "h2" : "postgresql")).target("3").placeholders(Map.of("stored", h2 ? "" : "stored",
                            "default_model", "claude-sonnet-5-5")).load().migrate();
            JdbcClient before = JdbcClient.create(old);
            for (int i = 0; i < DAYS.size(); i++) {
                before.sql(INSERT).params("r" + i, DAYS.get(i)).update();
            }
            before.sql("insert into export_queue (kind, usage_id, created_at) select 'daily', id, created_at "
                    + "from usage_tracking").update();
            List<Map<String, Object>> rows = before.sql("select * from usage_tracking order by id").query().listOfRows();
            long highest = before.sql("select max(id) from usage_tracking").query(Long.class).single();

            try (HikariDataSource now = OnEachDatabase.Databases.open(url)) {
                JdbcClient jdbc = JdbcClient.create(now);
                assertThat(jdbc.sql("select * from usage_tracking order by id").query().listOfRows()).hasSize(5)
                        .isEqualTo(rows);
                assertThat(jdbc.sql("select q.usage_id from export_queue q join usage_tracking u on u.id = q.usage_id "
                        + "and u.booked_on = q.booked_on").query(Long.class).list()).hasSize(5);
                jdbc.sql(INSERT).params("new", "2030-01-01").update();
                assertThat(jdbc.sql("select id from usage_tracking where request_id = 'new'").query(Long.class).single())
                        .isGreaterThan(highest);
                assertThatThrownBy(() -> jdbc.sql(INSERT).params("r0", DAYS.get(0)).update())
                        .as("a row that is there").hasMessageContaining("usage_tracking");
                assertThat(jdbc.sql("select count(*) from recent_routing_performance").query(Long.class).single()).isZero();
                if (!h2) {
                    assertThat(jdbc.sql("select tableoid::regclass::text from usage_tracking order by id")
                            .query(String.class).list()).containsExactly("usage_tracking_2025_12", "usage_tracking_2026_01",
                            "usage_tracking_2026_11", "usage_tracking_2026_11", "usage_tracking_2026_11",
                            "usage_tracking_default");
                }
            }
        }
    }
}
