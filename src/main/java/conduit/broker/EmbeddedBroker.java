package conduit.broker;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

import java.nio.file.Path;

/** Artemis in this JVM; its journal is on disk, so that what was accepted survives a crash. */
public final class EmbeddedBroker {

    /** The address for connections in this JVM. */
    public static final String IN_VM = "vm://0";

    private static final int MOST_DELIVERIES = 10;
    private static final int RETRY_MS = 1_000;
    private static final int LONGEST_RETRY_MS = 60_000;

    private final ActiveMQServer server;

    private EmbeddedBroker(ActiveMQServer server) {
        this.server = server;
    }

    /** @param port the loopback port for outside clients; 0 for none */
    public static EmbeddedBroker start(Path folder, int port) throws Exception {
        ConfigurationImpl config = new ConfigurationImpl();
        config.setName("conduit");
        config.setSecurityEnabled(false);
        config.setPersistenceEnabled(true);
        config.setJournalType(JournalType.NIO);
        config.setJournalMinFiles(2);
        config.setJournalFileSize(4 << 20);
        config.setMaxDiskUsage(99);
        config.setJMXManagementEnabled(false);
        config.setJournalDirectory(folder.resolve("journal").toString());
        config.setBindingsDirectory(folder.resolve("bindings").toString());
        config.setPagingDirectory(folder.resolve("paging").toString());
        config.setLargeMessagesDirectory(folder.resolve("large").toString());
        config.setNodeManagerLockDirectory(folder.toString());
        config.addAcceptorConfiguration("vm", IN_VM);
        if (port > 0) {
            config.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port);
        }
        config.addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(MOST_DELIVERIES)
                .setRedeliveryDelay(RETRY_MS).setRedeliveryMultiplier(2).setMaxRedeliveryDelay(LONGEST_RETRY_MS)
                .setDeadLetterAddress(SimpleString.of("conduit.dead"))
                .setAutoCreateDeadLetterResources(true)
                .setExpiryAddress(SimpleString.of("conduit.dead")).setAutoDeleteAddresses(false).setAutoDeleteQueues(false));
        for (String queue : new String[] {"conduit.requests", "conduit.replies", "conduit.failed"}) {
            config.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true));
        }
        ActiveMQServer server = ActiveMQServers.newActiveMQServer(config);
        server.start();
        if (!server.waitForActivation(60, java.util.concurrent.TimeUnit.SECONDS)) {
            server.stop();
            throw new IllegalStateException("The broker's journal is in use by another process");
        }
        return new EmbeddedBroker(server);
    }

    public void close() throws Exception {
        server.stop();
    }
}
