package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static conduit.claude.SimulatorRun.MODEL;
import static conduit.claude.SimulatorRun.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The simulated CLI answers, counts and charges as the real one does. */
@Timeout(60)
class SimulatorTest {

    @Test
    void anAnswerHasTheFieldsOfTheRealOne() throws Exception {
        SimulatorRun run = SimulatorRun.of("What is the capital of France?");
        JsonNode reply = run.json();

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(reply.fieldNames()).toIterable().containsExactlyInAnyOrder("type", "subtype", "is_error",
                "api_error_status", "result", "stop_reason", "terminal_reason", "num_turns", "duration_ms",
                "duration_api_ms", "session_id", "uuid", "total_cost_usd", "usage", "modelUsage", "permission_denials",
                "fast_mode_state", "fast_mode_disabled_reason", "subagent_stats", "safety_stops", "queued_turn_count",
                "result_index", "ttft_ms", "ttft_stream_ms", "time_to_request_ms", "first_content_frame_ms");
        assertThat(reply.get("usage").fieldNames()).toIterable().containsExactlyInAnyOrder("input_tokens",
                "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens", "output_tokens_details",
                "server_tool_use", "service_tier", "cache_creation", "inference_geo", "iterations", "speed",
                "fallback_credit");
        assertThat(reply.at("/modelUsage/" + MODEL).fieldNames()).toIterable().containsExactlyInAnyOrder("inputTokens",
                "outputTokens", "cacheReadInputTokens", "cacheCreationInputTokens", "webSearchRequests", "costUSD",
                "contextWindow", "maxOutputTokens", "thinkingTokens", "cacheCreationEphemeral5mInputTokens",
                "cacheCreationEphemeral1hInputTokens", "canonicalModel", "provider", "costBasis");
        assertThat(reply.get("type").textValue()).isEqualTo("result");
        assertThat(reply.get("subtype").textValue()).isEqualTo("success");
        assertThat(reply.get("is_error").booleanValue()).isFalse();
        assertThat(reply.get("api_error_status").isNull()).isTrue();
        assertThat(reply.get("stop_reason").textValue()).isEqualTo("end_turn");
        assertThat(reply.get("terminal_reason").textValue()).isEqualTo("completed");
        assertThat(reply.get("num_turns").intValue()).isEqualTo(1);
        assertThat(UUID.fromString(reply.get("session_id").textValue())).isNotEqualTo(
                UUID.fromString(reply.get("uuid").textValue()));
        assertThat(reply.get("result").textValue()).isEqualTo(
                "Simulated answer by claude-haiku-5-5 to a prompt of 8 tokens: 'What is the capital of France...'");
    }

    @ParameterizedTest(name = "{0} and {1} code points are {2} tokens")
    @CsvSource({"0, 1, 1", "0, 4, 1", "0, 5, 2", "3, 1, 1", "3, 2, 2", "399, 1, 100", "399, 2, 101"})
    void aTokenIsFourCodePointsOfSystemAndPrompt(int system, int prompt, int tokens) throws Exception {
        for (String letter : List.of("a", "ü", "日", "🙂")) {
            JsonNode reply = SimulatorRun.of(letter.repeat(prompt), Map.of(), arguments(MODEL, letter.repeat(system)))
                    .json();
            assertThat(reply.at("/usage/input_tokens").intValue()).as(letter).isEqualTo(tokens);
            assertThat(reply.at("/modelUsage/" + MODEL + "/inputTokens").intValue()).as(letter).isEqualTo(tokens);
        }
    }

    @Test
    void newlinesCountWhereverTheyStand() throws Exception {
        assertThat(SimulatorRun.of("\nab\n\n").json().at("/usage/input_tokens").intValue()).isEqualTo(2);
        assertThat(SimulatorRun.of("abc\n").json().at("/usage/input_tokens").intValue()).isEqualTo(1);
    }

    @Test
    void aPromptOfMegabytesIsCountedToTheLastCodePoint() throws Exception {
        String prompt = "日 line of text\n".repeat(140_000);
        assertThat(prompt.codePoints().count()).isEqualTo(2_100_000);

        SimulatorRun run = SimulatorRun.of(prompt + "[[sim:answer=at the end]]");

        assertThat(run.json().get("result").textValue()).isEqualTo("at the end");
        assertThat(run.json().at("/usage/input_tokens").intValue()).isEqualTo(525_000 + 7);
    }

    @Test
    void theAnswerDependsOnModelAndPromptOnly() throws Exception {
        String prompt = "Say \"hi\" to \\ O'Neil & <b>Jürgen</b> {x}\t|a|b|";
        String once = SimulatorRun.of(prompt).json().get("result").textValue();

        assertThat(SimulatorRun.of(prompt).json().get("result").textValue()).isEqualTo(once)
                .endsWith("tokens: 'Say hi to O Neil b J rgen b x a b...'");
        assertThat(SimulatorRun.of("[[sim:answer=Forty-two.]]").json().get("result").textValue())
                .isEqualTo("Forty two.");
    }

    /** Costs of 1000 input and 100 output tokens, 2000 + 1000 of cache writes, 3000 of cache reads. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claude-haiku-5-5  | claude-haiku-5-5  | 0.00063 | list
            claude-haiku-4-5  | claude-haiku-4-5  | 0.0063  | list
            claude-sonnet-5-5 | claude-sonnet-5-5 | 0.0123  | list
            claude-sonnet-5   | claude-sonnet-5   | 0.0126  | list
            claude-sonnet-4-0 | claude-sonnet-4-0 | 0.0189  | list
            claude-sonnet-4-5 | claude-sonnet-4-5 | 0.0189  | list
            claude-sonnet-4-6 | claude-sonnet-4-6 | 0.0189  | list
            claude-opus-5-5   | claude-opus-5-5   | 0.0246  | list
            claude-opus-4-5   | claude-opus-4-5   | 0.0315  | list
            claude-opus-4-6   | claude-opus-4-6   | 0.0315  | list
            claude-opus-4-7   | claude-opus-4-7   | 0.0315  | list
            claude-opus-4-8   | claude-opus-4-8   | 0.0315  | list
            claude-opus-5     | claude-opus-5     | 0.0315  | list
            claude-fable-5-2  | claude-fable-5-2  | 0.0486  | list
            claude-mythos-5-2 | claude-mythos-5-2 | 0.0486  | list
            claude-fable-5-1  | claude-fable-5-1  | 0.06075 | list
            claude-opus-4-1   | claude-opus-5-5   | 0.0246  | list
            no-such-model     | no-such-model     | 0.0246  | unknown
            """)
    void everyModelIsChargedItsExactPrice(String asked, String ran, String dollars, String basis) throws Exception {
        String markers = "[[sim:cache-5m=2000]][[sim:cache-1h=1000]][[sim:cache-read=3000]][[sim:answer="
                + "a".repeat(397) + "]]";
        SimulatorRun run = SimulatorRun.of(markers + ".".repeat(4000 - markers.length()), asked);
        JsonNode usage = run.json().get("usage");
        JsonNode model = run.json().at("/modelUsage/" + ran);

        assertThat(run.cost()).isEqualByComparingTo(dollars);
        assertThat(model.get("costUSD").decimalValue()).isEqualByComparingTo(dollars);
        assertThat(model.get("costBasis").textValue()).isEqualTo(basis);
        assertThat(run.json().get("modelUsage")).hasSize(1);
        assertThat(usage.get("input_tokens").intValue()).isEqualTo(1000);
        assertThat(usage.get("output_tokens").intValue()).isEqualTo(100);
        assertThat(usage.get("cache_creation_input_tokens").intValue()).isEqualTo(3000);
        assertThat(usage.at("/cache_creation/ephemeral_5m_input_tokens").intValue()).isEqualTo(2000);
        assertThat(usage.at("/cache_creation/ephemeral_1h_input_tokens").intValue()).isEqualTo(1000);
        assertThat(usage.get("cache_read_input_tokens").intValue()).isEqualTo(3000);
        assertThat(run.err()).isEqualTo(basis.equals("list") ? ""
                : "[claude-code:unrecognized_model] {\"model\":\"no-such-model\",\"query_source\":\"sdk\"}\n");
    }

    @Test
    void theLogTellsWhatStartedAndWhatWasCharged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.jsonl");
        long now = System.currentTimeMillis() / 1000;
        SimulatorRun run = SimulatorRun.of("[[sim:cut]][[sim:key=run-7]] hello", Map.of(
                "CLAUDE_SIMULATOR_LOG", file.toString(), "CLAUDE_SIMULATOR_KEY", "other"), arguments(MODEL, ""));
        List<JsonNode> lines = lines(file);

        assertThat(lines).hasSize(2);
        JsonNode start = lines.get(0);
        assertThat(start.get("event").textValue()).isEqualTo("start");
        assertThat(start.get("key").textValue()).isEqualTo("run-7");
        assertThat(start.get("model").textValue()).isEqualTo(MODEL);
        assertThat(start.get("session").textValue()).isEqualTo(run.json().get("session_id").textValue());
        assertThat(start.get("time").doubleValue()).isCloseTo(now, within(30.0));
        JsonNode end = lines.get(1);
        assertThat(end.get("event").textValue()).isEqualTo("end");
        assertThat(end.get("pid").longValue()).isEqualTo(start.get("pid").longValue());
        assertThat(end.get("inputTokens").intValue()).isEqualTo(9);
        assertThat(end.get("costUsd").decimalValue()).isEqualByComparingTo(run.cost()).isPositive();
        assertThat(end.get("exit").intValue()).isEqualTo(1);
    }

    @Test
    void processesAtTheSameTimeShareALog(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.jsonl");
        List<Process> running = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            running.add(SimulatorRun.start("hello", Map.of("CLAUDE_SIMULATOR_LOG", file.toString(),
                    "CLAUDE_SIMULATOR_KEY", "k" + i), arguments(MODEL, "")));
        }
        for (Process process : running) {
            process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
        }
        List<JsonNode> lines = lines(file);
        assertThat(lines).hasSize(40);
        assertThat(lines.stream().map(line -> line.get("session").textValue()).distinct()).hasSize(20);
        assertThat(lines.stream().filter(line -> line.has("key")).map(line -> line.get("key").textValue()).distinct())
                .hasSize(20);
    }

    private static List<JsonNode> lines(Path file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(SimulatorRun.JSON.readTree(line));
        }
        return lines;
    }
}
