package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The way from each inlet to its answer, and what is on record afterwards. */
class RequestFlowTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @Test
    void anHttpRequestIsAnsweredAndItsCostIsOnRecord() {
        var reply = conduit.post("/v1/complete", "{\"id\":\"flow-1\",\"prompt\":\"Bonjour\",\"category\":\"translation\"}");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("result").asText()).contains("claude-haiku-5-5").contains("Bonjour");
        assertThat(answer.path("decision").path("source").asText()).isEqualTo("rule");
        assertThat(answer.path("decision").path("rules").path(0).asText())
                .isEqualTo("Translations and summaries go to Haiku");
        BigDecimal cost = answer.path("usage").path("costUsd").decimalValue();
        eventually(() -> {
            var row = conduit.query("select * from usage_tracking where request_id = 'flow-1'");
            assertThat(row).hasSize(1);
            assertThat((BigDecimal) row.get(0).get("cost")).isEqualByComparingTo(cost);
            assertThat(conduit.query("select state from reservations where request_id = 'flow-1'").get(0))
                    .containsEntry("state", "settled");
        });
    }

    @Test
    void aFileIsAnsweredInTheOutboxAndGoneFromTheInbox() throws Exception {
        Files.writeString(home.resolve("inbox/question.txt"), "What is a conduit?");
        eventually(() -> {
            JsonNode answer = ConduitRig.JSON.readTree(home.resolve("outbox/question.json").toFile());
            assertThat(answer.path("result").asText()).contains("What is a conduit");
            assertThat(home.resolve("outbox/question.md")).hasContent(answer.path("result").asText());
            assertThat(home.resolve("inbox/question.txt")).doesNotExist();
        });
    }

    @Test
    void theSameIdRunsOnce() throws Exception {
        var first = conduit.post("/v1/complete", "{\"id\":\"flow-2\",\"prompt\":\"Once\"}");
        long before = conduit.invocations();
        var second = conduit.post("/v1/complete", "{\"id\":\"flow-2\",\"prompt\":\"Once\"}");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(conduit.invocations()).isEqualTo(before);
        assertThat(conduit.post("/v1/complete", "{\"id\":\"flow-2\",\"prompt\":\"Twice\"}").status()).isEqualTo(409);
    }
}
