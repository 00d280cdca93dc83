package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.files.WritableFolder;
import conduit.flow.Watch;
import conduit.ledger.Nodes;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

import java.nio.file.Path;

/** The parts that Conduit can't do without, and what an operator is told when one is away. */
record WatchedParts(Path home, HikariDataSource database, JmsPoolConnectionFactory connections, Nodes nodes) {

    /** A full disk closes H2 for good; only once all its connections are gone, the next one opens it again. */
    private void beat() {
        try {
            nodes.beat();
        } catch (RuntimeException e) {
            database.getHikariPoolMXBean().softEvictConnections();
            throw e;
        }
    }

    Watch watch() {
        return new Watch()
                .over("ledger", true, "the ledger's database can't be read or written: see that it runs, that it is "
                        + "writable and that it has room; requests wait or get 503 until then", this::beat)
                .over("disk", true, "answers can't be written: see that the folders outbox, failed and h2-data are "
                        + "writable and have room; requests wait or get 503 until then", () -> {
                            WritableFolder.look(home.resolve("outbox"));
                            WritableFolder.look(home.resolve("failed"));
                            WritableFolder.check(home.resolve("h2-data/spool"));
                        })
                .over("inbox", false, "files can't be taken in: see that inbox is a folder that may be written; calls and "
                        + "messages go on", () -> WritableFolder.look(home.resolve("inbox")))
                .over("broker", false, "the broker can't be reached: see that it runs at conduit.broker.url; messages wait "
                        + "there, files and calls go on", () -> connections.createConnection().close());
    }
}
