package conduit.faults;

import conduit.ConduitRig;
import conduit.QueueClient;
import conduit.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static conduit.faults.FullDiskIT.body;
import static org.assertj.core.api.Assertions.assertThat;

/** An outside broker goes away while its requests run, and comes back: each has one answer and one run. */
class BrokerAwayIT {

    private static final String[] KEYS = {"m-1", "m-2", "m-3"};

    @TempDir
    Path home;
    @TempDir
    Path outside;

    @Test
    void whatRanIsAnsweredWhenTheBrokerIsBackAndCallsGoOnMeanwhile() throws Exception {
        int port = Integer.parseInt(ConduitRig.freePort());
        String url = "tcp://127.0.0.1:" + port;
        EmbeddedBroker broker = EmbeddedBroker.start(outside, port);
        try (ConduitProcess conduit = ConduitProcess.in(home).set("conduit.broker.url", url)) {
            conduit.start();
            try (QueueClient client = new QueueClient(url)) {
                for (String key : KEYS) {
                    client.send(body(key, "[[sim:latency=1500]]"), key, null);
                }
                eventually(() -> { assertThat(conduit.starts()).contains(KEYS); });
            }
            broker.close();
            eventually(() -> { assertThat(conduit.check("conduit-storage")).startsWith("DOWN the broker can't be reached"); });
            assertThat(conduit.post("/v1/complete", body("call", "")).statusCode()).isEqualTo(200);

            broker = EmbeddedBroker.start(outside, port);
            try (QueueClient client = new QueueClient(url)) {
                for (String key : KEYS) {
                    assertThat(QueueClient.json(client.receive(QueueClient.REPLIES, key)).path("status").asText())
                            .as(key).isEqualTo("completed");
                }
                assertThat(client.waiting(QueueClient.REPLIES) + client.waiting(QueueClient.FAILED)).isZero();
            }
            assertThat(conduit.starts()).containsExactlyInAnyOrder("m-1", "m-2", "m-3", "call");
            eventually(() -> { assertThat(conduit.check("conduit-storage")).startsWith("UP"); });
            assertThat(conduit.get("/v1/usage").path("total").path("requests").asInt()).isEqualTo(4);
        } finally {
            broker.close();
        }
    }
}
