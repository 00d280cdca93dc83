package conduit.bench;

import com.zaxxer.hikari.HikariDataSource;
import conduit.backup.BackupFolder;
import conduit.backup.Backups;
import conduit.backup.Summary;
import conduit.backup.table.Tables;
import conduit.ledger.Database;
import conduit.ledger.Gate;
import conduit.settings.Keys;
import conduit.settings.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A backup of a million usage rows, with their requests, decisions and reservations, and its restore into an empty
 * database, where all is new, and again, where all is there: rows a second over all tables, and the most heap that it
 * took. {@code -Dbench.rows=1000000}, {@code -Dbench.options=-Xmx256m}.
 */
public final class BackupBench {

    private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
    private static final int CHUNK = 20_000;

    private BackupBench() {
    }

    private record Place(HikariDataSource database, Path folder, Backups backups) {

        static Place of(HikariDataSource database) throws Exception {
            Path folder = Files.createTempDirectory("conduit-backups");
            return new Place(database, folder, new Backups(new BackupFolder(folder), new Tables(database,
                    new Gate(database), "bench", (id, run) -> false), 0, Clock.systemUTC()));
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.printf("heap of at most %d MB; %d usage rows%n", Runtime.getRuntime().maxMemory() >> 20, ROWS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            for (boolean h2 : new boolean[] {true, false}) {
                Place from = Place.of(h2 ? h2() : postgres(postgres, "one"));
                fill(from.database(), h2 ? "system_range" : "generate_series");
                Summary[] made = new Summary[1];
                measured(h2, "backup", 0, () -> made[0] = from.backups().create(null));
                from.database().close();
                long rows = made[0].rows().values().stream().mapToLong(Long::longValue).sum();
                System.out.printf("%d rows, %.1f MB%n", rows, made[0].bytes() / 1e6);
                Place to = Place.of(h2 ? h2() : postgres(postgres, "two"));
                Files.move(from.folder().resolve(made[0].name()), to.folder().resolve(made[0].name()));
                measured(h2, "restore", rows, () -> to.backups().restore(made[0].name(), false));
                measured(h2, "restore again", rows, () -> to.backups().restore(made[0].name(), false));
                to.database().close();
            }
        }
    }

    private static void measured(boolean h2, String work, long rows, Callable<?> task) throws Exception {
        System.gc();
        AtomicLong peak = new AtomicLong();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        watch.scheduleAtFixedRate(() -> peak.accumulateAndGet(Runtime.getRuntime().totalMemory()
                - Runtime.getRuntime().freeMemory(), Math::max), 0, 20, TimeUnit.MILLISECONDS);
        long began = System.nanoTime();
        Object result = task.call();
        double seconds = (System.nanoTime() - began) / 1e9;
        watch.shutdownNow();
        long count = result instanceof Summary made ? made.rows().values().stream().mapToLong(Long::longValue).sum() : rows;
        System.out.printf("| %s | %s | %.1f | %.0f | %d |%n", h2 ? "H2" : "PostgreSQL", work, seconds, count / seconds,
                peak.get() >> 20);
    }

    private static HikariDataSource h2() throws Exception {
        Path home = Files.createTempDirectory("conduit-backup-bench");
        Files.createDirectory(home.resolve("routes"));
        Properties system = new Properties();
        system.setProperty("conduit.home", home.toString());
        Settings.Db db = Settings.read(Keys.load(Map.of(), system), Map.of()).db();
        return Database.open(db.url(), db.user(), db.password(), "claude-sonnet-5-5");
    }

    private static HikariDataSource postgres(EmbeddedPostgres postgres, String name) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Database.open(postgres.getJdbcUrl("postgres", name), "postgres", "postgres", "claude-sonnet-5-5");
    }

    private static void fill(HikariDataSource database, String series) {
        JdbcClient jdbc = JdbcClient.create(database);
        String number = series.equals("system_range") ? "\"X\"" : "generate_series";
        String day = "(date '2026-01-01' + cast(" + number + " / 4000 as integer))";
        String at = "(timestamp with time zone '2026-01-01 00:00:00Z' + interval '1' second * " + number + ")";
        for (int from = 1; from <= ROWS; from += CHUNK) {
            String chunk = " from " + series + "(" + from + ", " + Math.min(ROWS, from + CHUNK - 1) + ")";
            jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, agent_id, session_id, metadata, "
                    + "answer, node, created_at, updated_at, cost) select 'q' || " + number + ", 1, 'default', 'completed', "
                    + "'http', 'f', 'bot', 's', '{}', '{\"result\":\"' || repeat('the answer ', 20) || '\"}', 'n', " + at + ", "
                    + at + ", 0.001234" + chunk).update();
            jdbc.sql("insert into routing_decisions select 'q' || " + number + ", 1, 'default', 'claude-haiku-5-5', 'bandit', "
                    + "'the best draw', 'general', 120, '[]', '[]', 'v', " + number + ", 80, false, " + at + chunk).update();
            jdbc.sql("insert into reservations (request_id, run, project_id, booked_on, amount, state, created_at) select 'q' || "
                    + number + ", 1, 'default', " + day + ", 0.25, 'settled', " + at + chunk).update();
            jdbc.sql("insert into usage_tracking (request_id, run, part, project_id, agent_id, session_id, model, input_tokens, "
                    + "output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, cli_cost, estimated, "
                    + "cost_currency, routing_source, routing_reason, latency_ms, metadata, booked_on, created_at) select 'q' || "
                    + number + ", 1, 0, 'default', 'bot', 's', 'claude-haiku-5-5', 120, 300, 0, 0, 0, 0.001234, 0.001234, false, "
                    + "'USD', 'bandit', 'the best draw', 900, '{}', " + day + ", " + at + chunk).update();
        }
    }
}
