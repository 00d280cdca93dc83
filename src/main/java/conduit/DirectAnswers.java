package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.api.BanditApi;
import conduit.api.BanditMoney;
import conduit.api.Call;
import conduit.api.ModelsReport;
import conduit.api.Repetition;
import conduit.api.Result;
import conduit.api.UsageApi;
import conduit.cli.Backtests.Answer;
import conduit.cli.Backtests.Progress;
import conduit.cli.Place;
import conduit.cli.Unable;
import conduit.export.UsageExport;
import conduit.json.Json;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.ledger.BanditRecord;
import conduit.ledger.OneAtATime;
import conduit.ledger.Requests;
import conduit.ledger.Spending;
import conduit.ledger.UsageReport;
import conduit.problem.ProblemException;
import conduit.project.ProjectStore;
import conduit.routing.Estimator;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.file.Files;
import java.time.Clock;

/** What the API tells of the bandit and of usage, from the database itself, where no server holds it. */
final class DirectAnswers implements Place {

    private static final String H2 = "h2-data/conduit.mv.db";

    private final HikariDataSource database;
    private final UsageApi usage;
    private final Repetition repetition;
    private final BanditApi bandit;

    private DirectAnswers(Settings settings, Clock clock, HikariDataSource database) {
        this.database = database;
        JdbcClient jdbc = JdbcClient.create(database);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        BeliefLog beliefs = new BeliefLog(jdbc, transaction, settings.catalogue(), settings.bandit().tuning(), clock);
        BanditRecord record = new BanditRecord(jdbc);
        ModelsReport models = new ModelsReport(settings.catalogue(), new Known(beliefs, new ExperienceStore(jdbc), new Spending(jdbc)),
                new Estimator(settings.claude().maxOutputTokens()), new BanditMoney(record, settings.catalogue(), clock),
                model -> null);
        usage = new UsageApi(new UsageReport(jdbc), new ProjectStore(jdbc, transaction, clock), models,
                new UsageExport(jdbc, settings.home().resolve("exports"), clock, new OneAtATime(OneAtATime.Work.EXPORT,
                        settings.db().isPostgres() ? database : null)), clock);
        repetition = new Repetition(new Requests(jdbc, ""), beliefs::at);
        bandit = new BanditApi(record, settings.catalogue(), clock);
    }

    /**
     * Opens the database of the home that the settings name.
     *
     * @throws Unable if there is none, or another process holds it
     */
    static Place open(Keys keys, Clock clock) {
        // Who answers does not matter here, and the simulator may be missing.
        Settings settings = Settings.read(keys.with("conduit.profile", ""), System.getenv());
        if (keys.optional("conduit.db.url") == null && !Files.exists(settings.home().resolve(H2))) {
            throw new Unable("There is no database in " + settings.home().resolve("h2-data") + ", so nothing is on record. Say with "
                    + "-Dconduit.home=… where it is, or with --url where a server listens.");
        }
        try {
            return new DirectAnswers(settings, clock, Preflight.database(settings));
        } catch (StartException e) {
            throw new Unable(e.getMessage() + (e.getMessage().contains("in use") ? " Or say with --url where it listens."
                    : ""));
        }
    }

    @Override
    public Answer call(String method, String path, String json) {
        try {
            Result result = handle(Call.of(method, path, json));
            return new Answer(result.status(), Json.write(result.body()));
        } catch (ProblemException e) {
            return new Answer(e.problem().kind().status(), Json.write(e.problem().toMap()));
        }
    }

    private Result handle(Call call) {
        if (call.is("GET", "requests", "*", "repeat")) {
            return Result.ok(repetition.of(call.segment(1)));
        }
        return call.segment(0).equals("bandit") ? bandit.handle(call) : usage.handle(call);
    }

    @Override
    public Progress progress() {
        return new Progress(0, 0);
    }

    @Override
    public void close() {
        database.close();
    }
}
