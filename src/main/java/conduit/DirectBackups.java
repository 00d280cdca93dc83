package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.api.BackupApi;
import conduit.api.Call;
import conduit.backup.BackupFolder;
import conduit.backup.Backups;
import conduit.backup.table.Tables;
import conduit.claude.Spool;
import conduit.cli.Backtests.Answer;
import conduit.cli.Backtests.Progress;
import conduit.cli.Place;
import conduit.cli.Unable;
import conduit.flow.Health;
import conduit.flow.Metrics;
import conduit.json.Json;
import conduit.ledger.Gate;
import conduit.problem.ProblemException;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.apache.camel.main.Main;

import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/** Backups of the database itself, where no server holds it. */
final class DirectBackups implements Place {

    private final Settings settings;
    private final Clock clock;
    /** Why the database may not be opened, or null. */
    private final String without;
    private volatile Opened opened;

    private record Opened(HomeLock lock, HikariDataSource database, Backups backups) {
    }

    private DirectBackups(Settings settings, Clock clock, String without) {
        this.settings = settings;
        this.clock = clock;
        this.without = without;
    }

    /**
     * The backups of a home.
     *
     * @param node this Conduit's name among those that share the database
     */
    static Backups backups(Settings settings, HikariDataSource database, Gate gate, String node, Clock clock) {
        Spool spool = new Spool(settings.home().resolve("h2-data/spool"));
        return new Backups(new BackupFolder(settings.home().resolve("backups")), new Tables(database, gate, node,
                (id, run) -> Attempting.wasStarted(spool, id, run)), settings.backup().keep(), clock);
    }

    /** Binds those of a server. */
    static void bind(Main main, Backups backups, String node, Metrics metrics) {
        main.bind("backups", backups);
        main.bind("backupApi", new BackupApi(backups, node));
        Health.bindBackups(main, backups::faults);
        metrics.backups(backups::age);
    }

    /**
     * The backups of the home that the settings name. The database is opened by the first call that needs it, which fails
     * with {@link Unable} if there is none, or another process holds it.
     *
     * @param make whether one is made where there is none, to restore into
     */
    static Place open(Keys keys, Clock clock, boolean make) {
        // Who answers does not matter here, and the simulator may be missing.
        Settings settings = Settings.read(keys.with("conduit.profile", ""), System.getenv());
        boolean none = !make && keys.optional("conduit.db.url") == null
                && !Files.exists(settings.home().resolve("h2-data/conduit.mv.db"));
        return new DirectBackups(settings, clock, none ? "There is no database in " + settings.home().resolve("h2-data")
                + ". Say with -Dconduit.home=… where it is, or with --url where a server listens." : null);
    }

    private Opened opened() {
        if (without != null) {
            throw new Unable(without);
        }
        if (opened == null) {
            try {
                HomeLock lock = HomeLock.of(settings.home());
                try {
                    HikariDataSource database = Preflight.database(settings);
                    opened = new Opened(lock, database, backups(settings, database, new Gate(database), lock.node(), clock));
                } catch (StartException e) {
                    lock.closeQuietly();
                    throw e;
                }
            } catch (StartException e) {
                throw new Unable(e.getMessage() + (e.getMessage().contains("in use") ? " Or say with --url where it listens."
                        : ""));
            }
        }
        return opened;
    }

    @Override
    public Answer call(String method, String path, String json) {
        try {
            if (method.equals("GET")) {
                // A list needs no database, and disturbs nobody who holds it.
                return new Answer(200, Json.write(Map.of("backups",
                        new BackupFolder(settings.home().resolve("backups")).list())));
            }
            Opened there = opened();
            var result = new BackupApi(there.backups(), there.lock().node()).handle(Call.of(method, path, json));
            return new Answer(result.status(), Json.write(result.body()));
        } catch (ProblemException e) {
            return new Answer(e.problem().kind().status(), Json.write(e.problem().toMap()));
        }
    }

    @Override
    public Progress progress() {
        Opened now = opened;
        var state = now == null ? null : now.backups().state();
        return state == null ? new Progress(0, 0) : new Progress(state.done(), state.total());
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.database().close();
            opened.lock().closeQuietly();
        }
    }
}
