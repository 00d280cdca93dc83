package conduit.export;

import com.zaxxer.hikari.HikariDataSource;
import conduit.SettableClock;
import conduit.ledger.OneAtATime;
import conduit.ledger.OnEachDatabase.Databases;
import conduit.ledger.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import javax.sql.DataSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two Conduits that share a database export at the same moment, as their schedules say: each row goes out once. */
class TwoConduitsTest {

    private final SettableClock clock = new SettableClock("2026-11-22T00:05:00Z");

    @Test
    void neitherLoseARowNorExportOneTwice(@TempDir Path ours, @TempDir Path theirs) throws IOException {
        try (HikariDataSource source = Databases.open(Databases.freshPostgres())) {
            Stores on = new Stores(source);
            book(on, "early", 13);
            UsageExport other = export(source, theirs);
            boolean[] once = {true};
            UsageExport one = export(before(source, "delete from export_queue", () -> {
                if (once[0]) {
                    once[0] = false;
                    book(on, "late", 23);
                    other.export("daily");
                }
            }), ours);
            one.export("daily");
            other.export("daily");
            one.export("daily");
            assertThat(Stream.concat(exported(ours), exported(theirs))).containsExactlyInAnyOrder("early", "late");
        }
    }

    private UsageExport export(DataSource source, Path folder) {
        return new UsageExport(JdbcClient.create(source), folder, clock, new OneAtATime(OneAtATime.Work.EXPORT, source));
    }

    /** A database that does something else before a statement. */
    private static DataSource before(DataSource real, String sql, Runnable first) {
        return proxy(DataSource.class, (method, args) -> {
            Object result = call(real, method, args);
            return !(result instanceof Connection connection) ? result : proxy(Connection.class, (called, params) -> {
                if (params != null && String.valueOf(params[0]).startsWith(sql)) {
                    first.run();
                }
                return call(connection, called, params);
            });
        });
    }

    private interface Called {
        Object with(Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Called called) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, args) -> called.with(method, args)));
    }

    private static Object call(Object on, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void book(Stores on, String id, int hour) {
        on.settle(Stores.answered(on.accept(Stores.routed(id, "two", "1", Stores.NOON.withHour(hour))), 10));
    }

    private static Stream<String> exported(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(file -> file.getFileName().toString().endsWith(".csv")).toList();
            return all.stream().flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream().skip(1);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).map(line -> line.split(",")[1]);
        }
    }
}
