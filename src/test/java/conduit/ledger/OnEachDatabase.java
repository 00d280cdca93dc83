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

        private static final Stores H2 = new Stores(open(freshH2()));
        private static final EmbeddedPostgres SERVER = server();
        private static final Stores POSTGRES = new Stores(open(url()));
        private static final AtomicInteger COUNT = new AtomicInteger();

        private Databases() {
        }

        public static Stream<Named<Stores>> all() {
            return Stream.of(Named.of("H2", H2),
                    Named.of("PostgreSQL", POSTGRES));
        }

        /** Addresses of databases that have no tables yet, for tests that need one of their own. */
        public static Stream<Named<String>> fresh() {
            return Stream.of(Named.of("H2", freshH2()), Named.of("PostgreSQL", freshPostgres()));
        }

        /** A new database of one of the two, all tables made. */
        public static HikariDataSource fresh(boolean h2) {
            return open(h2 ? freshH2() : freshPostgres());
        }

        public static String freshPostgres() {
            String name = "fresh" + COUNT.incrementAndGet();
            POSTGRES.jdbc.sql("create database " + name).update();
            return SERVER.getJdbcUrl("postgres", name);
        }

        private static String freshH2() {
            try {
                Path home = Files.createTempDirectory("ledger");
                Files.createDirectory(home.resolve("routes"));
                home.toFile().deleteOnExit();
                Properties system = new Properties();
                system.put("conduit.home", home.toString());
                return Settings.read(Keys.load(Map.of(), system), Map.of()).db().url();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The PostgreSQL, which other processes can use, too. */
        static Stores shared() {
            return POSTGRES;
        }

        /** Where that is; user and password are "postgres". */
        static String url() {
            return SERVER.getJdbcUrl("postgres", "postgres");
        }

        /** Opens one of them, all tables made. */
        public static HikariDataSource open(String url) {
            return Database.open(url, "postgres", "postgres", "claude-sonnet-5-5");
        }

        private static EmbeddedPostgres server() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
