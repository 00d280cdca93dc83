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
import conduit.json.Json;
import conduit.ledger.Gate;
import conduit.problem.ProblemException;
import conduit.settings.Keys;
import conduit.settings.Settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Backups of the database itself, where no server holds it. */
final class DirectBackups implements Place {

    private final HomeLock lock;
    private final HikariDataSource database;
    private final Backups backups;

    private DirectBackups(Settings settings, Clock clock, HomeLock lock, HikariDataSource database) {
        this.lock = lock;
        this.database = database;
        this.backups = backups(settings, database, new Gate(database), lock.node(), clock);
    }

    /**
     * The backups of a home.
     *
     * @param node this Conduit's name among those that share the database
     */
    static Backups backups(Settings settings, HikariDataSource database, Gate gate, String node, Clock clock) {
        Spool spool = new Spool(settings.home().resolve("h2-data/spool"));
        return new Backups(new BackupFolder(settings.home().resolve("backups")), new Tables(database, gate, node,
                (id, run) -> spool.wasStarted(id + "~" + run)), settings.backup().keep(), clock);
    }

    /**
     * Opens the database.
     *
     * @param make whether one is made where there is none, to restore into
     * @throws Unable if there is none, or another process holds it
     */
    static Place open(Keys keys, Clock clock, boolean make) {
        Settings settings = Settings.read(keys, System.getenv());
        if (!make && keys.optional("conduit.db.url") == null
                && !Files.exists(settings.home().resolve("h2-data/conduit.mv.db"))) {
            throw new Unable("There is no database in " + settings.home().resolve("h2-data") + ". Say with "
                    + "-Dconduit.home=… where it is, or with --url where a server listens.");
        }
        try {
            HomeLock lock = HomeLock.of(settings.home());
            try {
                return new DirectBackups(settings, clock, lock, Preflight.database(settings));
            } catch (StartException e) {
                lock.closeQuietly();
                throw e;
            }
        } catch (StartException e) {
            throw new Unable(e.getMessage() + (e.getMessage().contains("in use") ? " Or say with --url where it listens."
                    : ""));
        }
    }

    @Override
    public Answer call(String method, String path, String json) {
        List<String> segments = Arrays.stream(path.split("/")).map(s -> URLDecoder.decode(s, StandardCharsets.UTF_8)).toList();
        try {
            var result = new BackupApi(backups, lock.node()).handle(new Call(method, segments, Map.of(), json == null ? "" : json));
            return new Answer(result.status(), Json.write(result.body()));
        } catch (ProblemException e) {
            return new Answer(e.problem().kind().status(), Json.write(e.problem().toMap()));
        }
    }

    @Override
    public Progress progress() {
        var state = backups.state();
        return state == null ? new Progress(0, 0) : new Progress(state.done(), state.total());
    }

    @Override
    public void close() {
        database.close();
        lock.closeQuietly();
    }
}
