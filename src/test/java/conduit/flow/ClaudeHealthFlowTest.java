package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TextMessage;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A CLI that is gone must be seen from outside, once a change, while the rest serves; and its return as well. */
class ClaudeHealthFlowTest {

    private static final long PATIENCE_MS = 30_000;
    private static final long NOTHING_MORE_MS = 300;

    @TempDir
    Path home;

    private static JsonNode claude(ConduitRig conduit) throws Exception {
        for (JsonNode check : ConduitRig.JSON.readTree(conduit.management("/observe/health")).path("checks")) {
            if (check.path("name").asText().equals("conduit-claude")) {
                return check;
            }
        }
        throw new AssertionError("no health of the CLI");
    }

    private static void check(ConduitRig conduit) {
        ProducerTemplate template = conduit.context().createProducerTemplate();
        template.sendBody("direct:check-claude", null);
    }

    @Test
    void aCliThatIsMissingIsToldAndTheRestServesAndItsReturnIsToldToo() throws Exception {
        Path command = home.resolve("bin/claude");
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.claude.command", command.toString()).start()) {
            eventually(() -> {
                assertThat(claude(conduit).path("status").asText()).isEqualTo("DOWN");
            });
            assertThat(claude(conduit).toString()).contains("not found", "conduit.claude.command")
                    .doesNotContain(home.toString());
            assertThat(conduit.post("/v1/route", "{\"prompt\":\"Where to?\"}").status()).isEqualTo(200);
            assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Try\"}").status()).isEqualTo(502);
            try (QueueClient client = new QueueClient(conduit.brokerUrl());
                    MessageConsumer alerts = client.session().createConsumer(client.session().createTopic("conduit.alerts"))) {
                check(conduit);
                Files.createDirectories(command.getParent());
                Files.createSymbolicLink(command, Path.of("src/simulator/claude").toAbsolutePath());
                check(conduit);
                assertThat(claude(conduit).path("status").asText()).isEqualTo("UP");
                check(conduit);
                Files.delete(command);
                for (int i = 0; i < 4; i++) {
                    check(conduit);
                }
                assertThat(claude(conduit).path("status").asText()).isEqualTo("DOWN");

                List<JsonNode> told = new ArrayList<>();
                for (TextMessage event = (TextMessage) alerts.receive(PATIENCE_MS); event != null;
                        event = (TextMessage) alerts.receive(told.size() < 2 ? PATIENCE_MS : NOTHING_MORE_MS)) {
                    JsonNode alert = QueueClient.json(event);
                    assertThat(alert.path("type").asText()).isEqualTo("conduit_alert");
                    assertThat(alert.path("data").path("part").asText()).isEqualTo("claude");
                    assertThat(Instant.parse(alert.path("data").path("since").asText())).isBefore(Instant.now());
                    told.add(alert.path("data"));
                }
                assertThat(told).extracting(data -> data.path("state").asText()).as("one event a change, none a check")
                        .containsExactly("up", "down");
                assertThat(told.get(1).path("reason").asText()).contains("not found").doesNotContain(home.toString());
            }
        }
    }

    @Test
    void aKeyThatIsRefusedIsToldThoughTheCliItselfIsSound() throws Exception {
        try (ConduitRig conduit = ConduitRig.in(home).start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Call [[sim:401]]\"}").status()).isEqualTo(502);
            }
            eventually(() -> {
                check(conduit);
                assertThat(claude(conduit).toString()).contains("DOWN", "unauthorised", "Check the API key");
            });
            assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Hello\"}").status()).isEqualTo(200);
            eventually(() -> {
                check(conduit);
                assertThat(claude(conduit).path("status").asText()).isEqualTo("UP");
            });
        }
    }
}
