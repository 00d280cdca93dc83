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
        } else {
            // A machine that vanishes in the middle of a transaction would hold its project's lock until TCP notices.
            config.setConnectionInitSql("set idle_in_transaction_session_timeout = '5min'");
        }
        Upgrade upgrade = Upgrade.of(url);
        HikariDataSource source = new HikariDataSource(config);
        try {
            if (upgrade != null && upgrade.wasCut()) {
                source.close();
                upgrade.undo();
                source = new HikariDataSource(config);
            }
            if (upgrade != null && flyway(source, url, defaultModel).info().pending().length > 0) {
                source.close();
                upgrade.begin();
                source = new HikariDataSource(config);
            }
            flyway(source, url, defaultModel).migrate();
            if (upgrade != null) {
                upgrade.done();
            }
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Flyway flyway(HikariDataSource source, String url, String defaultModel) {
        boolean h2 = url.startsWith("jdbc:h2:");
        return Flyway.configure().dataSource(source).locations("classpath:db/migration",
                        "classpath:db/" + (h2 ? "h2" : "postgresql"))
                .placeholders(Map.of("stored", h2 ? "" : "stored", "default_model", defaultModel)).load();
    }
}
