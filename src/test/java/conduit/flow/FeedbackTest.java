package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Feedback: each signal moves what is believed of the model that answered, once, and is kept over a restart. */
class FeedbackTest {

    private static final String MODEL = "claude-haiku-5-5";
    /** A judgement ages the ones before it, each by a thousandth. */
    private static final double JUST = 0.05;

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static int answers;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    /** The id of a new answer by MODEL. */
    private static String answered() {
        String id = "judged-" + ++answers;
        assertThat(conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"Hi\",\"model\":\"" + MODEL + "\"}")
                .status()).isEqualTo(200);
        return id;
    }

    private static Reply judge(String id, String signal, String value) {
        return conduit.post("/v1/feedback", "{\"requestId\":\"" + id + "\",\"signal\":\"" + signal + "\",\"value\":"
                + value + "}");
    }

    private static JsonNode belief() {
        JsonNode models = conduit.get("/v1/models").json().path("models");
        return StreamSupport.stream(models.spliterator(), false).filter(m -> m.path("id").asText().equals(MODEL))
                .findFirst().orElseThrow().path("posteriors").path(0);
    }

    private static void assertMoved(JsonNode before, double good, double bad, int observations) {
        JsonNode after = belief();
        assertThat(after.path("alpha").asDouble() - before.path("alpha").asDouble()).as("alpha").isCloseTo(good, within(JUST));
        assertThat(after.path("beta").asDouble() - before.path("beta").asDouble()).as("beta").isCloseTo(bad, within(JUST));
        assertThat(after.path("observations").asInt() - before.path("observations").asInt()).isEqualTo(observations);
        assertThat(after.path("low").asDouble()).isLessThan(after.path("mean").asDouble());
        assertThat(after.path("high").asDouble()).isGreaterThan(after.path("mean").asDouble());
    }

    @ParameterizedTest
    @CsvSource({"rating, 5, 1", "rating, 1, 0", "rating, 3, 0.5", "thumbs, '\"up\"', 1", "thumbs, '\"down\"', 0",
            "quality, 0.8, 0.8", "quality, 0, 0", "taskSuccess, true, 1", "taskSuccess, false, 0",
            "regenerated, true, 0"})
    void aSignalMovesThePosterior(String signal, String value, double reward) {
        String id = answered();
        JsonNode before = belief();
        Reply reply = judge(id, signal, value);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(202);
        assertMoved(before, reward, 1 - reward, 1);
    }

    @Test
    void sentTwiceItCountsOnceAndAnotherValueReplacesIt() {
        String id = answered();
        JsonNode before = belief();
        judge(id, "thumbs", "\"up\"");
        assertThat(judge(id, "thumbs", "\"up\"").status()).isEqualTo(202);
        assertMoved(before, 1, 0, 1);
        assertThat(judge(id, "thumbs", "\"down\"").status()).isEqualTo(202);
        assertMoved(before, 0, 1, 1);
        judge(id, "rating", "4");
        assertMoved(before, 0.75, 0.25, 1);
    }

    @ParameterizedTest
    @CsvSource({"rating, 0, value", "rating, 6, value", "rating, '\"5\"', value", "rating, null, value",
            "thumbs, true, value", "thumbs, '\"UP\"', value", "quality, 1.1, value", "taskSuccess, 1, value",
            "regenerated, false, value", "stars, 5, signal"})
    void aBadValueIsToldAndMovesNothing(String signal, String value, String field) {
        String id = answered();
        JsonNode before = belief();
        Reply reply = judge(id, signal, value);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("detail").asText()).contains("must be");
        assertMoved(before, 0, 0, 0);
    }

    @Test
    void anUnknownRequestIsNotFoundAndAFailedOneIsNotJudged() {
        assertThat(judge("nobody", "rating", "5").status()).isEqualTo(404);
        assertThat(judge("../x", "rating", "5").status()).isEqualTo(400);
        conduit.post("/v1/complete", "{\"id\":\"failed\",\"prompt\":\"[[sim:500]]\",\"model\":\"" + MODEL + "\"}");
        JsonNode before = belief();
        assertThat(judge("failed", "rating", "5").status()).isEqualTo(400);
        assertMoved(before, 0, 0, 0);
    }

    @Test
    void whatWasLearnedSurvivesARestart() {
        judge(answered(), "rating", "5");
        JsonNode before = belief();
        conduit.stop().start();
        assertThat(belief()).isEqualTo(before);
    }
}
