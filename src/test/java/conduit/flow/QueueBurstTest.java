package conduit.flow;

import conduit.ConduitRig;
import conduit.QueueClient;
import jakarta.jms.QueueBrowser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Collections;

import static conduit.Eventually.eventually;
import static conduit.QueueClient.REPLIES;
import static org.assertj.core.api.Assertions.assertThat;

/** Many messages at once on a queue that was empty. */
class QueueBurstTest {

    private static final int PLACES = 4;
    private static final int MESSAGES = 7;

    @TempDir
    Path home;

    /** A consumer that took messages ahead would leave places empty, and keep each message behind its own call. */
    @Test
    void theyTakeAllPlacesAndTheRestWaitsInTheBroker() throws Exception {
        ConduitRig rig = ConduitRig.in(home).set("conduit.claude.concurrency", Integer.toString(PLACES));
        GatedClaude gate = GatedClaude.in(rig);
        try (ConduitRig conduit = rig.start(); QueueClient client = new QueueClient(conduit.brokerUrl())) {
            for (int i = 0; i < MESSAGES; i++) {
                client.send("{\"id\":\"burst-" + i + "\",\"prompt\":\"Hello\"}", "burst-" + i, null);
            }
            eventually(() -> assertThat(GatedClaude.places(conduit).running()).isEqualTo(PLACES));
            try (QueueBrowser waiting = client.session().createBrowser(client.session().createQueue("conduit.requests"))) {
                assertThat(Collections.list(waiting.getEnumeration())).hasSize(MESSAGES - PLACES);
            }
            gate.open();
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(client.receive(REPLIES, "burst-" + i)).isNotNull();
            }
        }
    }
}
