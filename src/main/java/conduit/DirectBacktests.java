package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.api.BacktestApi;
import conduit.api.Call;
import conduit.backtest.Backtest;
import conduit.cli.Backtests;
import conduit.cli.Unable;
import conduit.json.Json;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.ledger.Records;
import conduit.ledger.Spending;
import conduit.problem.ProblemException;
import conduit.project.ProjectStore;
import conduit.routing.Estimator;
import conduit.routing.Fallback;
import conduit.rules.engine.RuleSet;
import conduit.rules.RuleBook;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Backtests on the database itself, where no server holds it. */
final class DirectBacktests implements Backtests {

    private static final String H2 = "h2-data/conduit.mv.db";
    private static final long ANY_SEED = 1;

    private final HikariDataSource database;
    private final Path copy;
    private final conduit.backtest.Progress progress = new conduit.backtest.Progress();
    private final BacktestApi api;

    /** @param copy of the rules that serve: a rule book writes notes, and nobody asked for any */
    private DirectBacktests(Settings settings, Clock clock, HikariDataSource database, Path copy) {
        this.database = database;
        this.copy = copy;
        JdbcClient jdbc = JdbcClient.create(database);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        ProjectStore projects = new ProjectStore(jdbc, transaction, clock);
        BeliefLog beliefs = new BeliefLog(jdbc, transaction, settings.catalogue(), settings.bandit().tuning(), clock);
        Fallback fallback = new Fallback(settings.catalogue(), new Estimator(settings.claude().maxOutputTokens()),
                new Known(beliefs, new ExperienceStore(jdbc), new Spending(jdbc)),
                new Fallback.Setting(settings.bandit().terms(), settings.bandit().seed() == null ? ANY_SEED
                        : settings.bandit().seed()));
        RuleBook rules = RuleBook.of(copy.resolve("rules"), copy.resolve("rules-good"), settings.catalogue(),
                RuleSet.Bounds.DEFAULT);
        rules.refresh();
        api = new BacktestApi(rules, projects, new Backtest(new Records(jdbc), projects::find, fallback,
                clock.getZone()), clock, progress);
    }

    /**
     * Opens the database.
     *
     * @throws Unable if there is none, or another process holds it
     */
    static Backtests open(Keys keys, Clock clock) {
        Settings settings = Settings.read(keys, System.getenv());
        Path home = settings.home();
        if (keys.optional("conduit.db.url") == null && !Files.exists(home.resolve(H2))) {
            throw new Unable("There is no database in " + home.resolve("h2-data") + ", so nothing is on record. Say with "
                    + "-Dconduit.home=… where it is, or with --url where a server listens.");
        }
        try {
            HikariDataSource database = Preflight.database(settings);
            Path copy = Files.createTempDirectory("conduit-backtest");
            copy(home.resolve("rules"), copy.resolve("rules"));
            copy(home.resolve("h2-data/rules-good"), copy.resolve("rules-good"));
            return new DirectBacktests(settings, clock, database, copy);
        } catch (StartException e) {
            throw new Unable(e.getMessage() + (e.getMessage().contains("in use") ? " Or say with --url where it listens."
                    : ""));
        } catch (IOException e) {
            throw new Unable("The rules that serve can't be copied to " + System.getProperty("java.io.tmpdir") + " ("
                    + e.getClass().getSimpleName() + "). Make room there.");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    @Override
    public Answer run(String json) {
        try {
            return new Answer(200, Json.write(api.handle(new Call("POST", List.of("rules", "backtest"), Map.of(), json))
                    .body()));
        } catch (ProblemException e) {
            return new Answer(e.problem().kind().status(), Json.write(e.problem().toMap()));
        }
    }

    @Override
    public Progress progress() {
        return new Progress(progress.state().done(), progress.state().total());
    }

    @Override
    public void close() {
        database.close();
        try (Stream<Path> files = Files.walk(copy)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // It lies in the folder for what may go.
        }
    }
}
