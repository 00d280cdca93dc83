package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.broker.EmbeddedBroker;
import conduit.ledger.Database;
import conduit.settings.Settings;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what would stop the start, and says it in one line with the way out. */
final class Preflight {

    private Preflight() {
    }

    /** Checks that every port is free and makes the folders. */
    static void check(Settings settings) {
        checkPort(settings.http().host(), settings.http().port(), "conduit.http.port");
        checkPort("127.0.0.1", settings.http().managementPort(), "conduit.management.port");
        if (settings.broker().url() == null && settings.broker().port() > 0) {
            checkPort("127.0.0.1", settings.broker().port(), "conduit.broker.port");
        }
        for (String folder : new String[] {"inbox", "outbox", "failed", "exports", "backups", "rules", "h2-data/spool"}) {
            Path path = settings.home().resolve(folder);
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                throw new StartException("The folder " + path + " can't be made (" + e.getClass().getSimpleName()
                        + "). Make it writable, or set conduit.home to another folder.", e);
            }
        }
    }

    private static void checkPort(String host, int port, String key) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new StartException("Port " + port + " on " + host + " is taken. Stop what listens there, or choose "
                    + "another one with -D" + key + "=….", e);
        }
    }

    static HikariDataSource database(Settings settings) {
        Settings.Db db = settings.db();
        try {
            return Database.open(db.url(), db.user(), db.password(), settings.catalogue().byDefault().id());
        } catch (RuntimeException e) {
            String message = root(e).getMessage();
            boolean locked = String.valueOf(message).matches("(?s).*(already in use|is locked).*");
            throw new StartException(locked
                    ? "The database in " + settings.home().resolve("h2-data") + " is in use by another process. Stop "
                    + "the other Conduit, or give this one its own folder with -Dconduit.home=…."
                    : "The database can't be opened: " + firstLine(message) + ". Check conduit.db.url, conduit.db.user "
                    + "and conduit.db.password, and that h2-data is writable and has room.", e);
        }
    }

    /** The embedded broker, or nothing where an outside one is set. */
    static Optional<EmbeddedBroker> broker(Settings settings) {
        if (settings.broker().url() != null) {
            checkOutsideBroker(settings.broker().url());
            return Optional.empty();
        }
        try {
            return Optional.of(EmbeddedBroker.start(settings.home().resolve("h2-data/broker"),
                    settings.broker().port()));
        } catch (Exception e) {
            throw new StartException("The embedded broker can't start: " + firstLine(root(e).getMessage())
                    + ". Check that h2-data/broker is writable and has room, or set conduit.broker.url.", e);
        }
    }

    private static void checkOutsideBroker(String url) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            connection.start();
        } catch (JMSException | RuntimeException e) {
            throw new StartException("The broker of conduit.broker.url can't be reached ("
                    + firstLine(root(e).getMessage()) + "). Start it, mend the address, or leave conduit.broker.url "
                    + "empty for the embedded one.", e);
        }
    }

    static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String firstLine(String message) {
        return message == null ? "no reason given"
                : message.lines().findFirst().orElse("").replaceAll("(; SQL statement:)?[.\\s]*$", "");
    }
}
