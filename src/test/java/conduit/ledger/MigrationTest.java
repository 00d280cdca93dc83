package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.learning.Judgement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Guards against an update of Conduit that loses or changes usage. */
class MigrationTest {

    private static final String INSERT = "insert into usage_tracking (request_id, run, part, project_id, agent_id, model, "
            + "input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, cli_cost, "
            + "estimated, cost_currency, routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) "
            + "values (?, 1, 0, 'p', null, 'm', 1, 2, 3, 4, 2, 0.123456, null, false, 'USD', 'rule', 'why', 7, '{}', "
            + "cast(? as date), timestamp with time zone '2026-11-21 12:00:00+00')";
    private static final int[] TOKENS = {999, 1_000, 7_999, 8_000};
    private static final List<String> DAYS = List.of("2025-12-31", "2026-01-01", "2026-11-01", "2026-11-30", "2026-11-30");

    @ParameterizedTest
    @MethodSource("conduit.ledger.OnEachDatabase$Databases#fresh")
    void aDatabaseFromBeforeKeepsEveryRow(String url) {
        try (HikariDataSource old = from(3, url)) {
            JdbcClient before = JdbcClient.create(old);
            for (int i = 0; i < DAYS.size(); i++) {
                before.sql(INSERT).params("r" + i, DAYS.get(i)).update();
            }
            before.sql("insert into export_queue (kind, usage_id, created_at) select 'daily', id, created_at "
                    + "from usage_tracking").update();
            List<Map<String, Object>> rows = before.sql("select * from usage_tracking order by id").query().listOfRows();
            rows.forEach(row -> row.put("attempt", 1));
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
                if (!url.startsWith("jdbc:h2:")) {
                    assertThat(jdbc.sql("select tableoid::regclass::text from usage_tracking order by id")
                            .query(String.class).list()).containsExactly("usage_tracking_2025_12", "usage_tracking_2026_01",
                            "usage_tracking_2026_11", "usage_tracking_2026_11", "usage_tracking_2026_11",
                            "usage_tracking_default");
                }
            }
        }
    }

    /** What people said before there was a log is its first lines, in the order in which it was said. */
    @ParameterizedTest
    @MethodSource("conduit.ledger.OnEachDatabase$Databases#fresh")
    void feedbackFromBeforeIsTheBeginningOfTheLog(String url) {
        try (HikariDataSource old = from(5, url)) {
            JdbcClient before = JdbcClient.create(old);
            // More categories than cells, lengths at their bounds, and one whose first run failed.
            for (int i = 0; i < 30; i++) {
                int run = i == 7 ? 2 : 1;
                before.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, metadata, node, created_at, "
                                + "updated_at) values (?, ?, 'p', 'completed', 'http', 'f', '{}', 'node', ?, ?)")
                        .params("r" + i, run, said(i), said(i)).update();
                for (int r = 1; r <= run; r++) {
                    before.sql("insert into routing_decisions (request_id, run, project_id, model, source, reason, category, "
                                    + "token_count, rules, candidates, routing_micros, simulated, created_at) values "
                                    + "(?, ?, 'p', 'm', 'bandit', 'why', ?, ?, '[]', '[]', 1, false, ?)")
                            .params("r" + i, r, r < run ? "failed" : "c" + i % 25, TOKENS[i % 4], said(i)).update();
                }
                before.sql("insert into feedback values (?, ?, 'quality', ?, ?, null, ?, ?)")
                        .params("r" + i, "m" + i % 2, "0." + i, i / 32.0, said(i), said(29 - i)).update();
            }
        }
        try (HikariDataSource now = OnEachDatabase.Databases.open(url)) {
            Stores on = new Stores(now);
            List<Entry> lines = new ArrayList<>();
            for (int i = 29; i >= 0; i--) {
                lines.add(new Entry.Judged(30 - i, Context.of("c" + i % 25, TOKENS[i % 4]), "m" + i % 2, i / 32.0, 1));
            }
            Beliefs expected = on.beliefs.at(0).afterAll(lines);
            assertThat(on.beliefs.beliefs()).isEqualTo(expected);
            assertThat(on.jdbc.sql("select count(*) from observations o join belief_log l on l.version = o.version and "
                    + "l.request_id = o.request_id and l.run = o.run and l.reward = o.reward where o.said and o.weight = 1")
                    .query(Long.class).single()).isEqualTo(30);
            assertThat(on.jdbc.sql("select run from observations where request_id = 'r7'").query(Integer.class).single())
                    .isEqualTo(2);

            // r0 was judged last, in the cell that all share; r29 first, in its own.
            for (int i : new int[] {0, 29}) {
                on.transaction.executeWithoutResult(status -> on.beliefs.judge(new Judgement("r" + i, 1, "m" + i % 2,
                        Context.of("c" + i % 25, TOKENS[i % 4]), "quality", 1, 1, true)));
            }
            assertThat(on.jdbc.sql("select o.category || ' ' || place from observations o where request_id in ('r0', 'r29') "
                    + "order by request_id").query(String.class).list()).containsExactly("other 3", "c4 1");
            Context shared = expected.held(Context.of("c0", TOKENS[0]));
            double moved = on.beliefs.beliefs().cells().get(shared).of("m0").good() - expected.cells().get(shared).of("m0").good();
            assertThat(moved).as("the last judgement of its cell counts whole").isCloseTo(1, within(1e-12));
        }
    }

    /** A database as the Conduit left it whose last migration was this one. */
    private static HikariDataSource from(int version, String url) {
        boolean h2 = url.startsWith("jdbc:h2:");
        HikariDataSource old = new HikariDataSource();
        old.setJdbcUrl(url);
        old.setUsername("postgres");
        old.setPassword("postgres");
        Flyway.configure().dataSource(old).locations("classpath:db/migration", "classpath:db/" + (h2 ? "h2" : "postgresql"))
                .target(Integer.toString(version)).placeholders(Map.of("stored", h2 ? "" : "stored", "default_model",
                        "claude-sonnet-5-5")).load().migrate();
        return old;
    }

    private static OffsetDateTime said(int minute) {
        return Stores.NOON.plusMinutes(minute).toOffsetDateTime();
    }
}
