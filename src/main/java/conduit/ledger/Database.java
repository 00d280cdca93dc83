package conduit.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import java.util.Map;

/** Opens the database and brings its tables up to date. */
public final class Database {

    private static final int CONNECTIONS = 16;
    private static final long PATIENCE_MS = 10_000;

    private Database() {
    }

    /**
     * @param url          H2 or PostgreSQL, as JDBC writes it
     * @param defaultModel the default model of the project that new databases hold
     */
    public static HikariDataSource open(String url, String user, String password, String defaultModel) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MS);
        config.setInitializationFailTimeout(1);
        config.setPoolName("ledger");
        if (url.startsWith("jdbc:h2:")) {
            // Else a connection to a database that a full disk has closed is taken for a good one, for ever.
            config.setConnectionTestQuery("select 1");
        }
        HikariDataSource source = new HikariDataSource(config);
        try {
            Flyway.configure().dataSource(source).locations("classpath:db/migration",
                            "classpath:db/" + (url.startsWith("jdbc:h2:") ? "h2" : "postgresql"))
                    .placeholders(Map.of("stored", url.startsWith("jdbc:h2:") ? "" : "stored",
                            "default_model", defaultModel))
                    .load().migrate();
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }
}
