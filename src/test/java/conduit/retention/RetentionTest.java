package conduit.retention;

import com.zaxxer.hikari.HikariDataSource;
import conduit.SettableClock;
import conduit.claude.Spool;
import conduit.ledger.OneAtATime;
import conduit.ledger.OnEachDatabase.Databases;
import conduit.ledger.Stores;
import conduit.ledger.UsageReport;
import conduit.settings.Settings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import javax.sql.DataSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against usage that is removed and not in a file, is in two files, or is touched before its time. */
class RetentionTest {

    private static final String EACH = "conduit.ledger.OnEachDatabase$Databases#fresh";
    private static final Settings.Retention THREE_MONTHS = new Settings.Retention(Period.ofMonths(3), null, null, null);
    /** More than one page that is read. */
    private static final int ROWS = 1_200;
    /** More than one batch that is removed. */
    private static final int FEW = 520;

    @TempDir
    Path home;
    private final SettableClock clock = new SettableClock("2026-11-01T00:00:00Z");

    private Retention retention(DataSource source, String url, Settings.Retention keep) {
        return new Retention(source, new TransactionTemplate(new JdbcTransactionManager(source)),
                new Spool(home.resolve("spool")), new Retention.Setting(keep, home, url.contains("postgresql"), clock));
    }

    /** A month of settled and exported usage, and its sums by day. */
    private static BigDecimal fill(Stores on, String url, YearMonth month, int rows) {
        String many = url.contains("postgresql") ? "generate_series(1, " + rows + ") as s (x)"
                : "system_range(1, " + rows + ") as s (x)";
        on.jdbc.sql("insert into usage_tracking (request_id, run, part, project_id, agent_id, model, input_tokens, "
                        + "output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, estimated, "
                        + "cost_currency, routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) "
                        + "select concat('" + month + "-', x), 1, 0, 'p', '=1', 'm', x, 2, 3, 4, 2, 0.000001 * x, false, "
                        + "'USD', 'rule', 'a, \"b\"\nc', 7, '{}', case when mod(x, 2) = 0 then cast(? as date) "
                        + "else cast(? as date) end, timestamp with time zone '2026-01-01 12:00:00+00' from " + many)
                .params(month.atDay(1), month.atEndOfMonth()).update();
        on.jdbc.sql("insert into usage_daily select project_id, booked_on, model, agent_id, routing_source, count(*), "
                + "sum(input_tokens), 0, 0, 0, sum(cost), 0, 0 from usage_tracking where booked_on between ? and ? "
                + "group by project_id, booked_on, model, agent_id, routing_source")
                .params(month.atDay(1), month.atEndOfMonth()).update();
        return rows(on, month, "sum(cost)");
    }

    private static BigDecimal rows(Stores on, YearMonth month, String what) {
        return on.sum("select " + what + " from usage_tracking where booked_on between ? and ?", month.atDay(1),
                month.atEndOfMonth());
    }

    private List<String> files() throws IOException {
        if (!Files.exists(home.resolve("exports/archive"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.resolve("exports/archive"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Object report(Stores on) {
        return new UsageReport(on.jdbc).answer(new UsageReport.Question(null, LocalDate.parse("2020-01-01"),
                LocalDate.parse("2040-01-01"), List.of("day", "agent"))).toString();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void onlyMonthsPastTheirTimeGoIntoFilesAndReportsStayTheSame(String url) throws Exception {
        try (HikariDataSource source = Databases.open(url)) {
            Stores on = new Stores(source);
            fill(on, url, YearMonth.of(2026, 6), ROWS);
            BigDecimal july = fill(on, url, YearMonth.of(2026, 7), ROWS);
            fill(on, url, YearMonth.of(2026, 8), ROWS);
            Object before = report(on);

            retention(source, url, new Settings.Retention(null, null, null, null)).run();
            assertThat(files()).isEmpty();
            retention(source, url, THREE_MONTHS).run();
            retention(source, url, THREE_MONTHS).run();

            assertThat(files()).containsExactly("usage-2026-06.csv.gz", "usage-2026-07.csv.gz");
            ArchiveFile.Content content = new ArchiveFile(home.resolve("exports/archive")).read("usage-2026-07.csv.gz");
            assertThat(content.rows()).isEqualTo(ROWS);
            assertThat(content.cost()).isEqualByComparingTo(july);
            assertThat(on.sum("select count(*) from usage_tracking")).isEqualByComparingTo(Integer.toString(ROWS));
            assertThat(rows(on, YearMonth.of(2026, 8), "count(*)")).isEqualByComparingTo(Integer.toString(ROWS));
            assertThat(report(on)).isEqualTo(before);
        }
    }

    /** Dies at the first statement, then at the second, and so on, each time with a month of its own. */
    @ParameterizedTest
    @MethodSource(EACH)
    void killedAnywhereTheNextRunEndsItOnce(String url) throws Exception {
        try (HikariDataSource source = Databases.open(url)) {
            Stores on = new Stores(source);
            ArchiveFile archive = new ArchiveFile(home.resolve("exports/archive"));
            YearMonth month = YearMonth.of(2026, 1);
            boolean killed = true;
            int statement = 0;
            for (; killed; statement++) {
                month = month.plusMonths(1);
                BigDecimal cost = fill(on, url, month, FEW);
                clock.set(month.plusMonths(4).atDay(1) + "T00:00:00Z");
                Killing killing = new Killing(source, statement);
                killed = runs(retention(killing.source(), url, THREE_MONTHS)) || killing.killed();
                String file = "usage-" + month + ".csv.gz";
                if (rows(on, month, "count(*)").intValue() < FEW) {
                    assertThat(archive.read(file).cost()).as("rows are gone, so they are in the file")
                            .isEqualByComparingTo(cost);
                }
                retention(source, url, THREE_MONTHS).run();
                assertThat(rows(on, month, "count(*)")).as("killed at %d", statement).isZero();
                assertThat(archive.read(file).rows()).isEqualTo(FEW);
                assertThat(archive.read(file).cost()).isEqualByComparingTo(cost);
            }
            assertThat(statement).as("statements of a run").isGreaterThan(15);
            assertThat(files()).as("one file a month and no drafts").hasSize(statement);
            assertThat(on.sum("select count(*) from usage_archives where state = 'removed' and row_count = " + FEW))
                    .isEqualByComparingTo(Integer.toString(statement));
        }
    }

    private static boolean runs(Retention retention) {
        try {
            retention.run();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whatIsNotExportedOrNotSettledHoldsItsMonth(String url) throws Exception {
        try (HikariDataSource source = Databases.open(url)) {
            Stores on = new Stores(source);
            var june = java.time.ZonedDateTime.parse("2026-06-30T23:00:00Z");
            var exported = on.accept(Stores.routed("done", "p", "1", june));
            on.settle(Stores.answered(exported, 9));
            var open = on.accept(Stores.routed("open", "p", "1", june));
            Retention retention = retention(source, url, THREE_MONTHS);
            UsageMonths months = url.contains("postgresql") ? new PostgresMonths(on.jdbc, clock.getZone())
                    : new H2Months(on.jdbc, clock.getZone());

            retention.run();
            assertThat(months.holds(YearMonth.of(2026, 6))).containsExactly("2 wait for an export",
                    "1 reservations are open", "1 requests run or are unknown");
            assertThat(months.holds(YearMonth.of(2026, 7))).isEmpty();
            on.jdbc.sql("delete from export_queue").update();
            retention.run();
            assertThat(on.sum("select count(*) from usage_tracking")).isEqualByComparingTo("1");
            on.settle(Stores.failed(open, false));
            on.jdbc.sql("delete from export_queue where kind = 'daily'").update();
            retention.run();
            assertThat(on.sum("select count(*) from usage_tracking")).isEqualByComparingTo("2");
            assertThat(files()).isEmpty();
            on.jdbc.sql("delete from export_queue").update();
            retention.run();
            assertThat(on.sum("select count(*) from usage_tracking")).isZero();
            assertThat(files()).containsExactly("usage-2026-06.csv.gz");
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void rowsThatComeBackGoIntoAFurtherFile(String url) throws Exception {
        try (HikariDataSource source = Databases.open(url)) {
            Stores on = new Stores(source);
            for (int time = 0; time < 2; time++) {
                fill(on, url, YearMonth.of(2026, 6), ROWS);
                on.jdbc.sql("delete from usage_daily").update();
                retention(source, url, THREE_MONTHS).run();
            }
            assertThat(files()).containsExactly("usage-2026-06-2.csv.gz", "usage-2026-06.csv.gz");
        }
    }

    @org.junit.jupiter.api.Test
    void ofTwoThatShareADatabaseOneDoesIt() {
        try (HikariDataSource source = Databases.open(Databases.freshPostgres())) {
            OneAtATime mine = new OneAtATime(OneAtATime.Work.RETENTION, source);
            OneAtATime theirs = new OneAtATime(OneAtATime.Work.RETENTION, source);
            assertThat(mine.run(() -> assertThat(theirs.run(() -> {
                throw new AssertionError("both");
            })).isFalse())).isTrue();
            assertThat(theirs.run(() -> { })).isTrue();
            assertThat(JdbcClient.create(source).sql("select count(*) from pg_locks where locktype = 'advisory'")
                    .query(Long.class).single()).isZero();
        }
    }
}
