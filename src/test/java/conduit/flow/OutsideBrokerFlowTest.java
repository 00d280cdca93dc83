package conduit.flow;

import conduit.ConduitRig;
import conduit.QueueClient;
import conduit.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.ServerSocket;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A broker that is not Conduit's own, reached by its address only: requests come from there, answers go there. */
class OutsideBrokerFlowTest {

    @Test
    void aMessageOfAnOutsideBrokerIsAnsweredThere(@TempDir Path home, @TempDir Path outside) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "tcp://127.0.0.1:" + port;
        EmbeddedBroker broker = EmbeddedBroker.start(outside, port);
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.broker.url", url)) {
            conduit.start();
            try (QueueClient client = new QueueClient(url)) {
                client.send("{\"prompt\":\"Hello [[sim:answer=from outside]]\"}", "outside", null);
                assertThat(QueueClient.json(client.receive(QueueClient.REPLIES, "outside")).path("result").asText())
                        .isEqualTo("from outside");
                client.send("no request", "bad", null);
                assertThat(QueueClient.json(client.receive(QueueClient.FAILED, "bad")).path("status").asInt())
                        .isEqualTo(400);
            }
            assertThat(home.resolve("h2-data/broker")).as("no broker of its own").doesNotExist();
        } finally {
            broker.close();
        }
    }
}
