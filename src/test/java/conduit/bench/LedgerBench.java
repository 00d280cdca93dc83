package conduit.bench;

import com.zaxxer.hikari.HikariDataSource;
import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Outcome;
import conduit.ledger.Accountant;
import conduit.ledger.Completion;
import conduit.ledger.Database;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.ledger.UsageReport;
import conduit.model.Tokens;
import conduit.routing.Routed;
import conduit.settings.Keys;
import conduit.settings.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import static conduit.ledger.Stores.NOON;

/**
 * What the ledger costs with few and with many usage rows there already, on H2 as Conduit opens it and on PostgreSQL
 * with fsync. All sizes are open at once and take turns, so that noise meets them alike.
 * {@code -Dbench.sizes=1000,100000,5000000}, {@code -Dbench.rounds=9}, {@code -Dbench.databases=H2,PostgreSQL}.
 */
public final class LedgerBench {

    private static final List<Long> SIZES = Arrays.stream(System.getProperty("bench.sizes", "1000,100000,5000000").split(","))
            .map(Long::valueOf).toList();
    private static final List<String> DATABASES = List.of(System.getProperty("bench.databases", "H2,PostgreSQL").split(","));
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int WARM_UP = Integer.getInteger("bench.warmup", 3);
    private static final int CHECKS = 2_000;
    private static final int RUNS = Integer.getInteger("bench.runs", 150);
    private static final int REPORTS = 4;
    private static final int BURST = Integer.getInteger("bench.burst", 640);
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Accountant ACCOUNTANT = new Accountant(Some.CATALOGUE);

    private LedgerBench() {
    }

    /** One ledger of one size, and what was measured on it. */
    private record Sized(long rows, HikariDataSource source, Stores on, Samples check, Samples accept, Samples settle,
                         Samples both, Samples one, Samples sixteen, Samples report, Samples projectReport) {

        static Sized of(long rows, HikariDataSource source) {
            return new Sized(rows, source, new Stores(source), new Samples(), new Samples(), new Samples(), new Samples(),
                    new Samples(), new Samples(), new Samples(), new Samples());
        }
    }

    public static void main(String[] args) throws Exception {
        for (String database : DATABASES) {
            Path home = Files.createTempDirectory("conduit-ledger-bench");
            boolean postgres = database.equals("PostgreSQL");
            try (EmbeddedPostgres server = postgres ? EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on").start() : null) {
                List<Sized> ledgers = new ArrayList<>();
                for (long rows : SIZES) {
                    long start = System.nanoTime();
                    Sized ledger = Sized.of(rows, postgres ? open(server, rows) : open(home, rows));
                    LedgerFill.fill(ledger.on(), postgres, rows);
                    ledgers.add(ledger);
                    System.err.printf("%s: %d rows were filled in %.0f s.%n", database, rows,
                            (System.nanoTime() - start) / 1e9);
                }
                measure(ledgers, database);
                ledgers.forEach(ledger -> ledger.source().close());
            } finally {
                BenchServer.delete(home);
            }
        }
    }

    private static HikariDataSource open(Path home, long rows) throws Exception {
        Path one = Files.createDirectory(home.resolve("h2-" + rows));
        Files.createDirectory(one.resolve("routes"));
        Properties system = new Properties();
        system.put("conduit.home", one.toString());
        Settings.Db db = Settings.read(Keys.load(Map.of(), system), Map.of()).db();
        return Database.open(db.url(), db.user(), db.password(), "claude-sonnet-5-5");
    }

    private static HikariDataSource open(EmbeddedPostgres server, long rows) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("create database ledger" + rows);
        }
        return Database.open(server.getJdbcUrl("postgres", "ledger" + rows), "postgres", "postgres", "claude-sonnet-5-5");
    }

    private static void measure(List<Sized> ledgers, String database) throws InterruptedException {
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Sized ledger : ledgers) {
                if (round == 0 && database.equals("PostgreSQL")) {
                    // As autovacuum does within a minute, so that no plan of an empty table stays.
                    ledger.on().jdbc.sql("analyze").update();
                }
                Sized into = round < 0 ? Sized.of(ledger.rows(), ledger.source()) : ledger;
                round(into, new java.util.SplittableRandom(round));
            }
        }
        Table.title("Ledger on " + database + ": " + ROUNDS + " rounds of " + CHECKS + " checks, " + RUNS
                + " runs, 2 bursts of " + BURST + " runs, " + REPORTS + " reports of each kind; the sizes take turns");
        Table.head("usage rows", "limit check p50 / p99, us", "reserve p50 / p99, us", "record p50 / p99, us",
                "both p50 / p99, us", "runs/s, 1 thread", "runs/s, 16 threads", "report of 30 days p50, ms",
                "report of a project, 2 years p50, ms");
        for (Sized one : ledgers) {
            Table.row(String.format("%,d", one.rows()), pair(one.check()), pair(one.accept()), pair(one.settle()),
                    pair(one.both()), one.one().range("%.0f"), one.sixteen().range("%.0f"), one.report().range("%.1f"),
                    one.projectReport().range("%.1f"));
        }
        System.out.printf("%nLimit check, p50 with most rows / p50 with fewest: %.2f%n",
                ledgers.get(ledgers.size() - 1).check().at(0.5) / ledgers.get(0).check().at(0.5));
    }

    private static String pair(Samples samples) {
        return Samples.text(samples.at(0.5) < 100 ? "%.1f / %.0f" : "%.0f / %.0f", samples.at(0.5), samples.at(0.99));
    }

    private static void round(Sized ledger, RandomGenerator random) throws InterruptedException {
        Stores on = ledger.on();
        for (int i = 0; i < CHECKS; i++) {
            String project = "p" + random.nextInt(LedgerFill.PROJECTS);
            ledger.check().add(micros(() -> on.spending.of(project, NOON.toLocalDate())));
        }
        for (Routed routed : routed(RUNS, random)) {
            Run[] run = new Run[1];
            double accept = micros(() -> run[0] = on.accept(routed));
            Completion done = answered(run[0]);
            double settle = micros(() -> on.settle(done));
            ledger.accept().add(accept);
            ledger.settle().add(settle);
            ledger.both().add(accept + settle);
        }
        ledger.one().add(perSecond(on, 1, random));
        ledger.sixteen().add(perSecond(on, 16, random));
        UsageReport report = new UsageReport(on.jdbc);
        for (int i = 0; i < REPORTS; i++) {
            // Never the same question twice: H2 would give the same answer again.
            LocalDate to = NOON.toLocalDate().minusDays(random.nextInt(600));
            String project = "p" + random.nextInt(LedgerFill.PROJECTS);
            ledger.report().add(micros(() -> report.answer(new UsageReport.Question(null, to.minusDays(29), to,
                    List.of("day", "model")))) / 1_000);
            ledger.projectReport().add(micros(() -> report.answer(new UsageReport.Question(project, to.minusYears(2),
                    NOON.toLocalDate(), List.of("model")))) / 1_000);
        }
    }

    private static double perSecond(Stores on, int threads, RandomGenerator random) throws InterruptedException {
        List<Routed> all = routed(BURST, random);
        AtomicLong next = new AtomicLong();
        List<Thread> crowd = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                for (int at = (int) next.getAndIncrement(); at < all.size(); at = (int) next.getAndIncrement()) {
                    on.settle(answered(on.accept(all.get(at))));
                }
            });
            crowd.add(thread);
            thread.start();
        }
        for (Thread thread : crowd) {
            thread.join();
        }
        return all.size() / ((System.nanoTime() - start) / 1e9);
    }

    private static List<Routed> routed(int count, RandomGenerator random) {
        List<Routed> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(Stores.routed("bench-" + NUMBER.incrementAndGet(), "p" + random.nextInt(LedgerFill.PROJECTS), "0.25", NOON));
        }
        return list;
    }

    private static Completion answered(Run run) {
        return ACCOUNTANT.complete(run, new Outcome.Answered("An answer. ".repeat(18), List.of(new Billed(run.model().id(),
                Tokens.of(100, 200), null)), 900, "session"));
    }

    private static double micros(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1e3;
    }
}
