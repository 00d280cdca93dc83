package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import conduit.settings.Keys;
import conduit.settings.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Runs a test on H2, opened as Conduit opens it, and on PostgreSQL; the databases are shared, so projects are not. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@MethodSource("conduit.ledger.OnEachDatabase$Databases#all")
public @interface OnEachDatabase {

    /** The two databases, opened once. */
    final class Databases {

        private static final AtomicInteger FRESH = new AtomicInteger();
        private static EmbeddedPostgres postgres;
        private static final Stores H2 = h2();
        private static final Stores POSTGRES = postgres();

        private Databases() {
        }

        public static Stream<Named<Stores>> all() {
            return Stream.of(Named.of("H2", H2),
                    Named.of("PostgreSQL", POSTGRES));
        }

        /** A new database of one of the two, for a test that needs one to itself. */
        public static HikariDataSource fresh(boolean h2) {
            if (h2) {
                return openH2();
            }
            String name = "fresh" + FRESH.incrementAndGet();
            POSTGRES.jdbc.sql("create database " + name).update();
            return Database.open(postgres.getJdbcUrl("postgres", name), "postgres", "postgres", "claude-sonnet-5-5");
        }

        private static Stores h2() {
            return new Stores(openH2());
        }

        private static HikariDataSource openH2() {
            try {
                Path home = Files.createTempDirectory("ledger");
                Files.createDirectory(home.resolve("routes"));
                home.toFile().deleteOnExit();
                Properties system = new Properties();
                system.put("conduit.home", home.toString());
                Settings.Db db = Settings.read(Keys.load(Map.of(), system), Map.of()).db();
                return Database.open(db.url(), db.user(), db.password(), "claude-sonnet-5-5");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Stores postgres() {
            try {
                postgres = EmbeddedPostgres.builder().start();
                HikariDataSource source = Database.open(postgres.getJdbcUrl("postgres", "postgres"), "postgres",
                        "postgres", "claude-sonnet-5-5");
                return new Stores(source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
