package conduit.claude;

import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A whole Conduit with the real CLI and without a setting: its calls find processes that wait. */
class RealPoolIT {

    @TempDir
    Path home;

    @Test
    void processesWaitByDefault() throws Exception {
        String command = RealClaudeIT.required();
        try (MessagesStub api = new MessagesStub();
                ConduitRig conduit = ConduitRig.in(home).set("conduit.claude.command", command)
                        .set("conduit.claude.env.ANTHROPIC_BASE_URL", api.url())
                        .set("conduit.claude.env.ANTHROPIC_API_KEY", "sk-loopback").start()) {
            for (int i = 1; i <= 3; i++) {
                String warm = "conduit_claude_calls_total{start=\"warm\"} " + i + ".0";
                eventually(() -> assertThat(conduit.management("/observe/metrics")).contains("conduit_claude_spares 1.0"));
                assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Hello\",\"model\":\"claude-haiku-5-5\",\"system\":\"Be "
                        + "brief\"}").json().path("result").asText()).isEqualTo("STUB answer");
                assertThat(conduit.management("/observe/metrics")).contains(warm);
            }
            assertThat(api.received()).as("starts and checks ask no model").hasSize(3);
        }
    }
}
