package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A question that is asked again counts a little against who answered it; no text is kept for that. */
class RepeatFlowTest {

    private static final String MODEL = "claude-haiku-5-5";
    private static final String OTHER = "claude-sonnet-5-5";
    private static final String QUESTION = "How do I repair the brake of my old bicycle?";

    @TempDir
    Path home;
    private final SettableClock clock = new SettableClock("2027-03-01T10:00:00Z");
    private ConduitRig conduit;

    @AfterEach
    void stop() {
        conduit.close();
    }

    private void ask(String id, String user, String prompt, String model) {
        assertThat(conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"user\":\"" + user + "\",\"prompt\":\"" + prompt
                + "\",\"model\":\"" + model + "\"}").status()).isEqualTo(200);
        eventually(() -> assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty());
        clock.tick(Duration.ofSeconds(40));
    }

    private JsonNode belief(String model) {
        JsonNode models = conduit.get("/v1/models").json().path("models");
        return StreamSupport.stream(models.spliterator(), false).filter(m -> m.path("id").asText().equals(model))
                .findFirst().orElseThrow().path("posteriors").path(0);
    }

    @Test
    void theEarlierAnswersModelIsBelievedALittleLessUntilSomebodySaysOtherwise() throws Exception {
        conduit = ConduitRig.in(home);
        Path route = home.resolve("routes/70-feedback.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("delay: 10000, period: 10000", "delay: 50, period: 50"));
        conduit.start(clock);
        double good = belief(MODEL).path("alpha").asDouble();
        double bad = belief(MODEL).path("beta").asDouble();
        JsonNode other = belief(OTHER);
        ask("first", "ann", QUESTION, MODEL);
        ask("bob", "bob", QUESTION, OTHER);
        ask("again", "ann", "please: how do I repair the brake of my old bicycle", OTHER);
        eventually(() -> assertThat(belief(MODEL).path("beta").asDouble()).isCloseTo(bad + 0.2, within(1e-9)));
        assertThat(belief(MODEL).path("alpha").asDouble()).isEqualTo(good);
        assertThat(belief(OTHER)).isEqualTo(other);
        assertThat(conduit.post("/v1/feedback", "{\"requestId\":\"first\",\"signal\":\"thumbs\",\"value\":\"up\"}").status())
                .isEqualTo(202);
        eventually(() -> assertThat(belief(MODEL).path("alpha").asDouble()).isCloseTo(good + 1, within(1e-9)));
        assertThat(belief(MODEL).path("beta").asDouble()).isCloseTo(bad, within(1e-9));
        assertThat(conduit.query("select * from requests where prompt is not null")).isEmpty();
        assertThat(conduit.query("select similarity from requests where similarity is not null")).hasSize(3);
    }
}
