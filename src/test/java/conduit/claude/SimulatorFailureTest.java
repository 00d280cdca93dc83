package conduit.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static conduit.claude.SimulatorRun.MODEL;
import static conduit.claude.SimulatorRun.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The simulated CLI fails as the real one does; the expected values are those of the real one. */
@Timeout(60)
class SimulatorFailureTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            400     | 400 | invalid_request_error | -                 | api_error       | API Error: 400
            401     | 401 | authentication_error  | -                 | api_error       | Fix external API key
            403     | 403 | permission_error      | -                 | api_error       | Failed to authenticate.
            404     | 404 | not_found_error       | -                 | api_error       | model (claude-haiku-5-5)
            413     | 413 | request_too_large     | -                 | image_error     | Request too large
            429     | 429 | rate_limit_error      | -                 | api_error       | Request rejected (429)
            500     | 500 | api_error             | -                 | api_error       | 500 Internal server error
            529     | 529 | overloaded_error      | -                 | api_error       | API Error: 529 Overloaded.
            html502 | 502 | -                     | -                 | api_error       | API Error: 502 Bad Gateway.
            credit  | 400 | invalid_request_error | -                 | api_error       | Credit balance is too low
            toolong | 400 | invalid_request_error | -                 | prompt_too_long | Prompt is too long ·
            blocked | -   | -                     | -                 | blocking_limit  | Prompt is too long
            refused | -   | -                     | connection_failed | api_error       | Connection refused —
            reset   | -   | -                     | connection_failed | api_error       | dropped (ECONNRESET).
            timeout | -   | -                     | -                 | api_error       | Request timed out.
            nokey   | -   | -                     | -                 | api_error       | Please run /login
            """)
    void aFailureWithoutAnAnswerCostsNothing(String name, Integer status, String type, String cause, String terminal,
            String text) throws Exception {
        SimulatorRun run = SimulatorRun.of("[[sim:" + name + "]] hello");
        JsonNode reply = run.json();

        assertFailed(run, "success", terminal, "stop_sequence", 1);
        assertThat(reply.get("api_error_status").isNull()).isEqualTo(status == null);
        assertThat(reply.get("api_error_status").asInt()).isEqualTo(status == null ? 0 : status);
        assertThat(reply.path("api_error_type").textValue()).isEqualTo(type);
        assertThat(reply.path("api_error").textValue()).isEqualTo(cause);
        assertThat(reply.get("result").textValue()).contains(text);
        assertThat(run.cost()).isZero();
        assertThat(reply.get("modelUsage")).isEmpty();
        assertThat(reply.at("/usage/input_tokens").intValue()).isZero();
        assertThat(reply.at("/usage/output_tokens").intValue()).isZero();
        assertThat(reply.has("ttft_ms")).isFalse();
    }

    /** 100 tokens in at $.1 a million and 20 out at $.5 make $.00002 a request; a cut gives half the text. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            cut     | connection_failed | stop_sequence | 1 | 0   | 0  | 0.000015 | was lost (ECONNRESET).
            maxtok  | max_output_tokens | stop_sequence | 4 | 400 | 80 | 0.00008  | the 4096 output token
            refusal | -                 | refusal       | 2 | 200 | 40 | 0.00004  | can't help with this.
            """)
    void aFailureAfterAnAnswerCostsEveryRequest(String name, String cause, String stop, int turns, int input,
            int output, String dollars, String text) throws Exception {
        SimulatorRun run = SimulatorRun.of(hundredTokens(name), Map.of("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "4096"),
                arguments(MODEL, ""));
        JsonNode reply = run.json();

        assertFailed(run, "success", "api_error", stop, turns);
        assertThat(reply.get("api_error_status").isNull()).isTrue();
        assertThat(reply.path("api_error").textValue()).isEqualTo(cause);
        assertThat(reply.get("result").textValue()).contains(text);
        assertThat(run.cost()).isEqualByComparingTo(dollars);
        assertThat(reply.at("/modelUsage/" + MODEL + "/costUSD").decimalValue()).isEqualByComparingTo(dollars);
        assertThat(reply.at("/usage/input_tokens").intValue()).isEqualTo(input);
        assertThat(reply.at("/usage/output_tokens").intValue()).isEqualTo(output);
    }

    @Test
    void aPassedBudgetIsFoundAfterTheMoneyIsSpent() throws Exception {
        SimulatorRun run = SimulatorRun.of(hundredTokens("budget"));

        assertFailed(run, "error_max_budget_usd", "budget_exhausted", "end_turn", 1);
        assertThat(run.cost()).isEqualByComparingTo("0.00002");
        assertThat(run.json().at("/errors/0").textValue()).isEqualTo("Reached maximum budget ($0.00001)");
        assertThat(run.json().has("result")).isFalse();
        assertThat(run.json().at("/usage/input_tokens").intValue()).isZero();
    }

    @Test
    void someFailuresLookLikeSuccess() throws Exception {
        SimulatorRun empty = SimulatorRun.of(hundredTokens("empty"));
        assertThat(empty.exit()).isZero();
        assertThat(empty.json().get("result").textValue()).isEmpty();
        assertThat(empty.json().get("num_turns").intValue()).isEqualTo(2);
        assertThat(empty.cost()).isEqualByComparingTo("0.00004");

        SimulatorRun swallowed = SimulatorRun.of("[[sim:noturns]]");
        assertThat(swallowed.exit()).isZero();
        assertThat(swallowed.json().get("is_error").booleanValue()).isFalse();
        assertThat(swallowed.json().get("num_turns").intValue()).isZero();
        assertThat(swallowed.json().get("modelUsage")).isEmpty();
        assertThat(swallowed.cost()).isZero();

        SimulatorRun silent = SimulatorRun.of("[[sim:empty-output]]");
        assertThat(silent).isEqualTo(new SimulatorRun(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "half", "two"})
    void someOutputIsNotOneObject(String name) throws Exception {
        SimulatorRun run = SimulatorRun.of("[[sim:" + name + "]]");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isNotBlank();
        assertThatThrownBy(run::json).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void anArrayEndsWithTheResult() throws Exception {
        JsonNode array = SimulatorRun.of("[[sim:array]]").json();

        assertThat(array.isArray()).isTrue();
        assertThat(array.get(array.size() - 1).get("type").textValue()).isEqualTo("result");
    }

    @Test
    void aHugeAnswerIsValid() throws Exception {
        assertThat(SimulatorRun.of("[[sim:huge]]").json().get("result").textValue()).hasSize(32 * 1024 * 1024);

        JsonNode reply = SimulatorRun.of("[[sim:huge=4001]]").json();
        assertThat(reply.get("result").textValue()).hasSize(4001);
        assertThat(reply.at("/usage/output_tokens").intValue()).isEqualTo(1001);
    }

    @Test
    void aWarningIsNoFailure() throws Exception {
        SimulatorRun run = SimulatorRun.of("[[sim:warn]]");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).startsWith("Warning: no stdin data received in 3s");
        assertThat(run.json().get("is_error").booleanValue()).isFalse();
    }

    @Test
    void wrongCallsSayWhyOnStderr() throws Exception {
        assertThat(SimulatorRun.of("hi", Map.of(), List.of("-p", "--no-such-flag")))
                .isEqualTo(new SimulatorRun(1, "", "error: unknown option '--no-such-flag'\n"));
        assertThat(SimulatorRun.of(" \n\t ")).isEqualTo(new SimulatorRun(1, "", "Error: Input contained only "
                + "whitespace. Provide a prompt with text through stdin or as a prompt argument when using --print\n"));
        assertThat(SimulatorRun.of("[[sim:no-such-marker]]").exit()).isEqualTo(1);
        assertThat(SimulatorRun.of("", Map.of(), List.of("--version")).out())
                .isEqualTo("2.1.330 (Conduit simulator)\n");
    }

    @Test
    void theVariableChoosesAndTheMarkerWins() throws Exception {
        Map<String, String> overloaded = Map.of("CLAUDE_SIMULATOR_FAIL", "529");

        assertThat(SimulatorRun.of("hello", overloaded, arguments(MODEL, "")).json().get("api_error_status").intValue())
                .isEqualTo(529);
        assertThat(SimulatorRun.of("[[sim:429]]", overloaded, arguments(MODEL, "")).json().get("api_error_status")
                .intValue()).isEqualTo(429);
        assertThat(SimulatorRun.of("[[sim:ok]]", overloaded, arguments(MODEL, "")).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[sim:hang]]", "[[sim:stall]]", "[[sim:latency=600000]]"})
    void aKilledRunLeavesNothingBehind(String prompt) throws Exception {
        Map<String, String> environment = Map.of("CLAUDE_SIMULATOR_LOG", "/dev/stderr");
        Process process = SimulatorRun.start(prompt, environment, arguments(MODEL, ""));
        try (BufferedReader log = process.errorReader()) {
            assertThat(log.readLine()).contains("\"event\":\"start\"");

            process.toHandle().destroy();   // the process itself would close its pipes, unread

            assertThat(process.waitFor()).isEqualTo(143);
            assertThat(process.getInputStream().readAllBytes()).isEmpty();
            assertThat(log.readLine()).as("no end, and nobody holds the pipe").isNull();
        }
    }

    @Test
    @Timeout(10)
    void aRunKilledAtOnceLetsGoOfItsOutput() throws Exception {
        Map<String, String> environment = Map.of("CLAUDE_SIMULATOR_LOG", "/dev/stderr");
        Process process = SimulatorRun.start("[[sim:latency=30000]]", environment, arguments(MODEL, ""));
        try (BufferedReader log = process.errorReader()) {
            log.readLine();

            process.toHandle().destroyForcibly();

            assertThat(process.waitFor()).isEqualTo(137);
            assertThat(process.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aCrashIsASignal(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.jsonl");
        SimulatorRun run = SimulatorRun.of("[[sim:crash]]", Map.of("CLAUDE_SIMULATOR_LOG", file.toString()),
                arguments(MODEL, ""));

        assertThat(run.exit()).isEqualTo(139);
        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aGrandchildHoldsTheOutputAfterTheAnswer() throws Exception {
        Process pipe = new ProcessBuilder("sh", "-c",
                "echo '[[sim:grandchild]]' | src/simulator/claude -p --output-format json | cat").start();
        try (BufferedReader out = pipe.inputReader()) {
            assertThat(SimulatorRun.JSON.readTree(out.readLine()).get("is_error").booleanValue()).isFalse();
            assertThat(pipe.waitFor(300, TimeUnit.MILLISECONDS)).as("the output is still open").isFalse();
        } finally {
            pipe.descendants().forEach(ProcessHandle::destroy);
            pipe.destroy();
        }
    }

    /** 400 code points of prompt and 80 of answer, whatever the marker. */
    private static String hundredTokens(String name) {
        String markers = "[[sim:" + name + "]][[sim:answer=" + "a".repeat(80) + "]]";
        return markers + ".".repeat(400 - markers.length());
    }

    private static void assertFailed(SimulatorRun run, String subtype, String terminal, String stop, int turns)
            throws Exception {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("is_error").booleanValue()).isTrue();
        assertThat(run.json().get("subtype").textValue()).isEqualTo(subtype);
        assertThat(run.json().get("terminal_reason").textValue()).isEqualTo(terminal);
        assertThat(run.json().get("stop_reason").textValue()).isEqualTo(stop);
        assertThat(run.json().get("num_turns").intValue()).isEqualTo(turns);
    }
}
