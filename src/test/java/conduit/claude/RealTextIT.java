package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.ConduitRig;
import conduit.claude.CliState.Fault;
import conduit.claude.CliState.Sound;
import conduit.claude.CliState.Unsound;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static conduit.claude.RealCalls.assertSame;
import static conduit.claude.RealCalls.system;
import static conduit.claude.RealCalls.texts;
import static org.assertj.core.api.Assertions.assertThat;

/** What the real CLI sends of a text is the text. It needs the binary, as {@link RealClaudeIT} does. */
class RealTextIT {

    @TempDir
    static Path home;
    private static RealCalls calls;
    private static String command;

    @BeforeAll
    static void start() throws Exception {
        command = RealClaudeIT.required();
        MessagesStub api = new MessagesStub();
        calls = new RealCalls(RealCalls.rig(home, command, api).start(), api);
    }

    @AfterAll
    static void stop() {
        if (calls != null) {
            calls.conduit().close();
            calls.api().close();
        }
    }

    /** Both at once: what the CLI does with the one does not depend on the other. */
    @ParameterizedTest
    @EnumSource(TrickyText.class)
    void promptAndSystemPromptReachTheModelAsWritten(TrickyText text) {
        String system = text == TrickyText.LONGEST ? "Be brief." : text.text;
        JsonNode sent = calls.sent(text.text, system);

        assertThat(texts(sent)).as("the text and nothing beside it").hasSize(1);
        assertSame(texts(sent).get(0), "\n" + text.text);
        assertThat(system(sent)).as("the CLI's own sentence before it").hasSize(2);
        assertThat(system(sent).get(0)).isEqualTo("You are a Claude agent, built on Anthropic's Claude Agent SDK.");
        assertSame(system(sent).get(1), system);
        assertThat(sent.toString().contains(home.toString())).as("a path of this machine").isFalse();
    }

    @Test
    void whatTheCliWouldBlockIsRefusedBeforeItRuns() {
        int before = calls.api().received().size();
        for (Map.Entry<String, Integer> each : Map.of("x".repeat(2_900_001), 413, "\u00a0\ufeff\u3000", 400).entrySet()) {
            ObjectNode body = ConduitRig.JSON.createObjectNode().put("prompt", each.getKey());
            assertThat(calls.conduit().post("/v1/complete", body.toString()).status()).isEqualTo(each.getValue());
        }
        assertThat(calls.api().received()).hasSize(before);
    }

    /** The check's word must be a call's: what has no credentials fails as unauthorised, what has some reaches the API. */
    @ParameterizedTest
    @CsvSource({"true, ANTHROPIC_API_KEY, true", "true, ANTHROPIC_AUTH_TOKEN, true", "true, CLAUDE_CODE_OAUTH_TOKEN, false",
        "true, NOTHING, false", "false, ANTHROPIC_API_KEY, true", "false, CLAUDE_CODE_OAUTH_TOKEN, true",
        "false, NOTHING, false"})
    void theCheckTellsWhetherACallWouldHaveCredentials(boolean bare, String variable, boolean has) throws Exception {
        ClaudeCommand claude = new ClaudeCommand(command, bare, Map.of("PATH", System.getenv("PATH"),
                "ANTHROPIC_BASE_URL", calls.api().url(), variable, "sk-loopback"));
        CliState state = new CliCheck(claude, Versions.of("2.1.197-2.1"), home.resolve("check"),
                Duration.ofSeconds(10)).look();

        assertThat(state instanceof Sound).as(state.toString()).isEqualTo(has);
        if (state instanceof Unsound unsound) {
            assertThat(unsound.fault()).isEqualTo(Fault.NO_CREDENTIALS);
        }
        int before = calls.api().received().size();
        Path call = home.resolve("call-" + bare + variable);
        Spool.create(call, claude.input("Hello"), "");
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(claude.arguments(RealCalls.MODEL, null));
        new ClaudeProcess(1 << 20).run(call, ProcessGroup.builder(call, line, claude.environment(100, Duration.ofSeconds(20))),
                Duration.ofSeconds(30), null, () -> { });
        assertThat(calls.api().received().size() > before).as("a call reaches the API").isEqualTo(has);
    }
}
