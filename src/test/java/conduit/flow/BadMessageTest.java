package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are no request: they lie whole in conduit.failed with their problem, and the queue goes on. */
class BadMessageTest {

    private static final String KEPT = "this text must be kept";

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static QueueClient client;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        client = new QueueClient(conduit.brokerUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        try (ConduitRig rig = conduit; QueueClient last = client) {
            assertThat(rig.invocations()).as("a bad message must not run").isZero();
            last.send("{\"prompt\":\"Good\"}", "good", null);
            assertThat(QueueClient.json(last.receive(QueueClient.REPLIES, "good")).path("status").asText())
                    .isEqualTo("completed");
        }
    }

    @ParameterizedTest
    @MethodSource("conduit.flow.BadRequest#all")
    void aBadTextIsKeptWholeWithItsProblem(BadRequest bad) throws Exception {
        client.send(bad.body(), bad.key(), null);
        JsonNode problem = failed(bad.key(), bad.status(), bad.field(), bad.says());
        assertThat(problem.path("original").asText()).as("the original").isEqualTo(bad.body());
    }

    @Test
    void aTextOf20MbIsKeptWhole() throws Exception {
        String text = "{\"prompt\":\"" + "y".repeat(20 << 20) + "\"}";
        client.send(text, "large", null);
        JsonNode problem = failed("large", 413, "prompt", "are allowed");
        assertThat(problem.path("original").asText()).hasSize(text.length());
    }

    @Test
    void bytesAreKeptWholeThoughTheyAreMoreThanConduitReads() throws Exception {
        byte[] bytes = new byte[20 << 20];
        Arrays.fill(bytes, (byte) 0x80);
        BytesMessage message = client.session().createBytesMessage();
        message.writeBytes(bytes);
        JsonNode problem = failed(message, "bytes");
        byte[] kept = Base64.getDecoder().decode(problem.path("originalBase64").asText());
        assertThat(kept.length).isEqualTo(bytes.length);
        assertThat(Arrays.equals(kept, bytes)).isTrue();
    }

    @Test
    void theValuesOfAMapAreKept() throws Exception {
        MapMessage message = client.session().createMapMessage();
        message.setString("prompt", KEPT);
        assertThat(failed(message, "map").toString()).contains(KEPT);
    }

    @Test
    void anObjectIsKeptWithoutBeingDeserialized() throws Exception {
        JsonNode problem = failed(client.session().createObjectMessage(KEPT), "object");
        byte[] original = Base64.getDecoder().decode(problem.path("originalBase64").asText());
        assertThat(new String(original, StandardCharsets.ISO_8859_1)).contains(KEPT);
    }

    @Test
    void theValuesOfAStreamAreKept() throws Exception {
        var message = client.session().createStreamMessage();
        message.writeString(KEPT);
        assertThat(failed(message, "stream").toString()).contains(KEPT);
    }

    @Test
    void aMessageWithoutAnyBodyIsTold() throws Exception {
        failed(client.session().createMessage(), "nothing");
        TextMessage empty = client.session().createTextMessage();
        empty.setJMSCorrelationID("null-text");
        client.send(empty);
        failed("null-text", 400, "body", "one JSON object");
    }

    @Test
    void whatCannotBeReadGoesToFailedThoughThereIsAPlaceForReplies() throws Exception {
        TemporaryQueue replies = client.session().createTemporaryQueue();
        client.send("no request", "unread", replies);
        failed("unread", 400, "body", "Send one JSON object");
        assertThat(client.glance(replies, "unread")).isNull();
        client.send("{\"prompt\":\"Hello\",\"project\":\"nowhere\"}", "read", replies);
        assertThat(QueueClient.json(client.receive(replies, "read")).path("status").asInt()).isEqualTo(404);
    }

    private static JsonNode failed(Message message, String correlation) throws Exception {
        message.setJMSCorrelationID(correlation);
        client.send(message);
        return failed(correlation, 400, "body", "not a text message");
    }

    private static JsonNode failed(String correlation, int status, String field, String says) throws Exception {
        TextMessage message = client.receive(QueueClient.FAILED, correlation);
        assertThat(message).as("a message in conduit.failed").isNotNull();
        JsonNode problem = QueueClient.json(message);
        assertThat(problem.path("type").asText()).startsWith("urn:conduit:problem:");
        assertThat(problem.path("status").asInt()).as(problem.path("detail").asText()).isEqualTo(status);
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(problem.path("detail").asText()).contains(says);
        return problem;
    }
}
