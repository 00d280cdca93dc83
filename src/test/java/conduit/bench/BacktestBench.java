package conduit.bench;

import com.zaxxer.hikari.HikariDataSource;
import conduit.api.BacktestApi;
import conduit.api.Call;
import conduit.backtest.Backtest;
import conduit.backtest.Progress;
import conduit.backtest.Report;
import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.ledger.Database;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.ledger.Records;
import conduit.model.Catalogue;
import conduit.model.CatalogueFile;
import conduit.project.ProjectStore;
import conduit.routing.Estimator;
import conduit.routing.Fallback;
import conduit.routing.Knowledge;
import conduit.rules.RuleBook;
import conduit.rules.engine.RuleSet;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A backtest of 100,000 recorded requests in an H2 file, with the project's own rules and with a change to them, and
 * the most heap that it took. {@code -Dbench.requests=100000}, {@code -Dbench.runs=3}.
 */
public final class BacktestBench {

    private static final int REQUESTS = Integer.getInteger("bench.requests", 100_000);
    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MOVED = "{\"files\":[{\"file\":\"bench.drl\",\"content\":\"rule \\\"Reports go to Sonnet\\\" "
            + "salience 75 when $route : Route() Request( category == \\\"report\\\" ) "
            + "then $route.to(\\\"claude-sonnet-5-5\\\", \\\"report\\\"); end\"}]}";

    private BacktestBench() {
    }

    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory("conduit-backtest");
        Files.createDirectory(home.resolve("routes"));
        Properties system = new Properties();
        system.put("conduit.home", home.toString());
        Settings.Db db = Settings.read(Keys.load(Map.of(), system), Map.of()).db();
        try (HikariDataSource database = Database.open(db.url(), db.user(), db.password(), "claude-sonnet-5-5")) {
            long start = System.nanoTime();
            BacktestRecord.write(database, REQUESTS, NOW);
            System.err.printf("%d requests were written in %.0f s.%n", REQUESTS, (System.nanoTime() - start) / 1e9);
            run(api(database, home));
        } finally {
            BenchServer.delete(home);
        }
    }

    private static BacktestApi api(HikariDataSource database, Path home) {
        JdbcClient jdbc = JdbcClient.create(database);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Catalogue catalogue = CatalogueFile.builtIn();
        BeliefLog beliefs = new BeliefLog(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), catalogue,
                Tuning.DEFAULT, clock);
        ExperienceStore experiences = new ExperienceStore(jdbc);
        ProjectStore projects = new ProjectStore(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), clock);
        RuleBook rules = RuleBook.of(Path.of("rules"), home.resolve("kept"), catalogue,
                RuleSet.Bounds.DEFAULT);
        rules.refresh();
        Knowledge knowledge = new Knowledge() {
            @Override
            public Beliefs beliefs() {
                return beliefs.beliefs();
            }

            @Override
            public Experience experience() {
                return experiences.experience();
            }

            @Override
            public Spend spend(String project, ZonedDateTime at) {
                return new Spend(BigDecimal.ZERO, BigDecimal.ZERO);
            }
        };
        Fallback fallback = new Fallback(catalogue, new Estimator(4096), knowledge, new Fallback.Setting(Terms.plain(0.04, 0), 1));
        return new BacktestApi(rules, projects, new Backtest(new Records(jdbc), projects::find, fallback, ZoneOffset.UTC),
                clock, new Progress());
    }

    private static void run(BacktestApi api) {
        Table.title("Backtest of " + REQUESTS + " recorded requests, " + RUNS + " runs each, -Xmx "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        Table.head("candidate", "seconds", "CPU s", "requests/s", "peak heap MB", "moved", "change USD (95 %)");
        for (String[] candidate : new String[][] {{"the serving rules", "{}"}, {"one rule more", MOVED},
                {"no rules", "{\"files\":[{\"file\":\"routing.drl\",\"content\":null}]}"}}) {
            Samples seconds = new Samples();
            Samples cpu = new Samples();
            Samples heap = new Samples();
            Report report = null;
            for (int run = 0; run < RUNS; run++) {
                System.gc();
                heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                report = (Report) api.handle(new Call("POST", List.of("rules", "backtest"), Map.of(), candidate[1])).body();
                cpu.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9);
                seconds.add(report.seconds());
                heap.add(heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1048576.0);
            }
            Table.row(candidate[0], seconds.range("%.1f"), cpu.range("%.1f"),
                    Samples.text("%.0f", report.requests() / seconds.at(0.5)),
                    heap.range("%.0f"), Long.toString(report.changed()), report.cost().changeUsd() + " ("
                            + report.cost().low() + " to " + report.cost().high() + ")");
        }
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getType() == MemoryType.HEAP).toList();
    }
}
