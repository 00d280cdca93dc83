package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static conduit.QueueClient.FAILED;
import static conduit.QueueClient.REPLIES;
import static conduit.QueueClient.json;
import static org.assertj.core.api.Assertions.assertThat;

/** The queue: where the answer goes, what says whose it is, and what the topic tells of it. */
class QueueFlowTest {

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
        client.close();
        conduit.close();
    }

    @Test
    void theAnswerGoesToTheQueueThatTheSenderNames() throws Exception {
        TemporaryQueue replies = client.session().createTemporaryQueue();
        client.send("{\"id\":\"queue-own\",\"prompt\":\"Hello\",\"category\":\"summary\"}", "own", replies);
        JsonNode answer = json(client.receive(replies, "own"));
        assertThat(answer.path("id").asText()).isEqualTo("queue-own");
        assertThat(answer.path("status").asText()).isEqualTo("completed");
        assertThat(answer.path("decision").path("source").asText()).isEqualTo("rule");
        assertThat(answer).isEqualTo(conduit.get("/v1/requests/queue-own").json().path("response"));
        assertThat(client.glance(client.session().createQueue(REPLIES), "own")).isNull();
        assertThat(conduit.query("select inlet from requests where id = 'queue-own'").get(0)).containsEntry("inlet", "queue");
    }

    @Test
    void withoutAPlaceForRepliesTheAnswerIsInConduitReplies() throws Exception {
        client.send("{\"prompt\":\"Hello\"}", "default-place", null);
        assertThat(json(client.receive(REPLIES, "default-place")).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void withoutACorrelationIdTheMessageIdIsIt() throws Exception {
        String messageId = client.send("{\"prompt\":\"Hello\"}", null, null);
        assertThat(json(client.receive(REPLIES, messageId)).path("id").asText()).startsWith("queue-");
    }

    @Test
    void aFailureGoesToTheSenderWhereThereIsAPlaceAndElseToFailed() throws Exception {
        TemporaryQueue replies = client.session().createTemporaryQueue();
        client.send("{\"prompt\":\"[[sim:529]]\"}", "failed-own", replies);
        assertThat(json(client.receive(replies, "failed-own")).path("type").asText())
                .isEqualTo("urn:conduit:problem:model-unavailable");
        assertThat(client.glance(client.session().createQueue(FAILED), "failed-own")).isNull();
        client.send("{\"prompt\":\"[[sim:529]]\"}", "failed-none", null);
        JsonNode problem = json(client.receive(FAILED, "failed-none"));
        assertThat(problem.path("status").asInt()).isEqualTo(503);
        assertThat(problem.path("requestId").asText()).startsWith("queue-");
    }

    @Test
    void aRequestThatIsSentAgainGetsTheSameAnswerAndRunsOnce() throws Exception {
        String body = "{\"id\":\"queue-twice\",\"prompt\":\"Once [[sim:latency=300]]\"}";
        long before = conduit.invocations();
        for (String correlation : new String[] {"t1", "t2", "t3"}) {
            client.send(body, correlation, null);
        }
        JsonNode first = json(client.receive(REPLIES, "t1"));
        assertThat(json(client.receive(REPLIES, "t2"))).isEqualTo(first);
        assertThat(json(client.receive(REPLIES, "t3"))).isEqualTo(first);
        assertThat(conduit.invocations() - before).isEqualTo(1);
        client.send("{\"id\":\"queue-twice\",\"prompt\":\"Another\"}", "t4", null);
        assertThat(json(client.receive(FAILED, "t4")).path("type").asText()).isEqualTo("urn:conduit:problem:id-conflict");
    }

    @Test
    void aSenderThatWentAwayKeepsNobodyWaitingAndCanAskForItsAnswerLater() throws Exception {
        try (QueueClient gone = new QueueClient(conduit.brokerUrl())) {
            gone.send("{\"id\":\"queue-gone\",\"prompt\":\"Gone [[sim:latency=500]]\"}", "gone",
                    gone.session().createTemporaryQueue());
        }
        client.send("{\"prompt\":\"Next\"}", "next", null);
        assertThat(client.receive(REPLIES, "next")).isNotNull();
        eventually(() -> assertThat(conduit.get("/v1/requests/queue-gone").json().path("response").path("result")
                .asText()).contains("Gone"));
        assertThat(conduit.query("select run from requests where id = 'queue-gone'").get(0)).containsEntry("run", 1);
    }

    @Test
    void theTopicTellsOneEventForEachCompletedRequest() throws Exception {
        try (MessageConsumer events = client.session().createConsumer(client.session().createTopic("conduit.usage"))) {
            conduit.post("/v1/complete", "{\"id\":\"told-not\",\"prompt\":\"[[sim:500]]\"}");
            JsonNode answer = conduit.post("/v1/complete",
                    "{\"id\":\"told\",\"prompt\":\"Tell\",\"category\":\"summary\"}").json();
            JsonNode event = null;
            while (event == null || !event.path("data").path("requestId").asText().startsWith("told")) {
                TextMessage message = (TextMessage) events.receive(10_000);
                assertThat(message).as("an event").isNotNull();
                event = json(message);
            }
            assertThat(event.path("type").asText()).isEqualTo("conduit_metadata");
            assertThat(event.path("data").path("requestId").asText()).isEqualTo("told");
            assertThat(event.path("data").path("projectId").asText()).isEqualTo("default");
            JsonNode decision = event.path("data").path("routingDecision");
            assertThat(decision.path("model").asText()).isEqualTo("claude-haiku-5-5");
            assertThat(decision.path("source").asText()).isEqualTo("rule");
            assertThat(decision.path("tokenCount")).isEqualTo(answer.path("decision").path("tokenCount"));
            JsonNode usage = event.path("data").path("usage");
            assertThat(usage.path("inputTokens")).isEqualTo(answer.path("usage").path("inputTokens"));
            assertThat(usage.path("outputTokens")).isEqualTo(answer.path("usage").path("outputTokens"));
            assertThat(new BigDecimal(usage.path("cost").asText()))
                    .isEqualByComparingTo(answer.path("usage").path("costUsd").asText());
        }
    }
}
