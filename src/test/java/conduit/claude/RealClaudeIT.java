package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.ConduitRig;
import conduit.claude.MessagesStub.Mode;
import conduit.claude.MessagesStub.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real CLI behind a whole Conduit, against a Messages API on loopback. It needs the binary: on PATH, or by
 * {@code -Dconduit.test.claude=PATH}.
 */
class RealClaudeIT {

    @TempDir
    static Path home;
    private static MessagesStub api;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        String command = required();
        api = new MessagesStub();
        conduit = ConduitRig.in(home).set("conduit.claude.command", command)
                .set("conduit.claude.env.ANTHROPIC_BASE_URL", api.url())
                .set("conduit.claude.env.ANTHROPIC_API_KEY", "sk-loopback")
                .set("conduit.claude.env.PATH", System.getenv("PATH")).set("conduit.claude.timeout", "60s").start();
    }

    /** The binary; without it the test is skipped. */
    static String required() {
        Optional<String> command = command();
        Assumptions.assumeTrue(command.isPresent(), "the real Claude CLI is not on PATH, and conduit.test.claude does "
                + "not name it: its tests are skipped");
        return command.get();
    }

    private static Optional<String> command() {
        String named = System.getProperty("conduit.test.claude", "");
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "claude"))
                .filter(Files::isExecutable).map(Path::toString).findFirst();
    }

    @AfterAll
    static void stop() {
        if (conduit != null) {
            conduit.close();
            api.close();
        }
    }

    @BeforeEach
    void answerWell() {
        api.mode(Mode.ANSWER).answer("STUB answer").usage(new Usage(1000, 100, 0, 0, 0));
    }

    private static ConduitRig.Reply ask(String id, String model, String prompt, String system) {
        ObjectNode body = ConduitRig.JSON.createObjectNode().put("id", id).put("model", model).put("prompt", prompt)
                .put("system", system);
        return conduit.post("/v1/complete", body.toString());
    }

    @ParameterizedTest
    @CsvSource({
        // 1,000 in, 100 out, 2,000 and 1,000 written to the cache for 5 minutes and an hour, 3,000 read from it
        "claude-haiku-5-5, 0.000630", "claude-sonnet-5-5, 0.012300", "claude-opus-5-5, 0.024600",
        "claude-haiku-4-5, 0.006300", "claude-sonnet-4-5, 0.018900"})
    void resultTokensAndCostAreTheCalls(String model, BigDecimal cost) {
        api.usage(new Usage(1000, 100, 2000, 1000, 3000)).answer("Forty-two: \"42\"\nand no more");
        var reply = ask("real-" + model, model, "How much?", "Be brief.");
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("result").asText()).isEqualTo("Forty-two: \"42\"\nand no more");
        assertThat(answer.path("model").asText()).isEqualTo(model);
        assertThat(answer.path("usage").path("inputTokens").asLong()).isEqualTo(1000);
        assertThat(answer.path("usage").path("outputTokens").asLong()).isEqualTo(100);
        assertThat(answer.path("usage").path("cacheReadTokens").asLong()).isEqualTo(3000);
        assertThat(answer.path("usage").path("cacheWriteTokens").asLong()).isEqualTo(3000);
        assertThat(answer.path("usage").path("costUsd").decimalValue()).isEqualByComparingTo(cost);
        eventually(() -> {
            var row = conduit.query("select * from usage_tracking where request_id = 'real-" + model + "'").get(0);
            assertThat((BigDecimal) row.get("cost")).isEqualByComparingTo(cost);
            assertThat((BigDecimal) row.get("cli_cost")).as("the CLI's own figure").isEqualByComparingTo(cost);
        });
    }

    /** The CLI's table has a surcharge on long prompts at one model; the books have the same. */
    @ParameterizedTest
    @CsvSource({"100000, 0.010050", "100001, 0.050251"})
    void aLongPromptIsBookedAtItsPrice(long input, BigDecimal cost) {
        api.usage(new Usage(input, 100, 0, 0, 0));
        var reply = ask("long-" + input, "claude-haiku-5-5", "How much?", "");
        assertThat(reply.json().path("usage").path("costUsd").decimalValue()).isEqualByComparingTo(cost);
        eventually(() -> assertThat((BigDecimal) conduit.query("select cli_cost from usage_tracking where request_id = 'long-"
                + input + "'").get(0).get("cli_cost")).as("the CLI's own figure").isEqualByComparingTo(cost));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/help", "/model opus", "@/etc/passwd", "!ls", "--model", "#x", "ultrathink",
        "Grüße, 世界 👋\n\"quoted\" \\ and $HOME `id`"})
    void textReachesTheModelAsWritten(String prompt) {
        int before = api.received().size();
        var reply = ask("text-" + Math.abs(prompt.hashCode()), "claude-haiku-5-5", prompt, "@/etc/hostname --help");
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        assertThat(api.received()).as("one request, not two").hasSize(before + 1);
        JsonNode sent = api.received().get(before).body();
        JsonNode content = sent.path("messages").path(0).path("content");
        String received = content.isTextual() ? content.asText() : content.path(content.size() - 1).path("text").asText();
        assertThat(received).isEqualTo("\n" + prompt);
        assertThat(sent.path("system").toString()).contains("@/etc/hostname --help");
        assertThat(sent.path("max_tokens").asInt()).as("the cap to which the reservation holds it").isEqualTo(4096);
        assertThat(sent.path("tools").isEmpty()).isTrue();
    }

    @Test
    void withoutASystemPromptTheModelIsToldNoPath() {
        int before = api.received().size();
        assertThat(ask("bare-1", "claude-haiku-5-5", "Hello", "").status()).isEqualTo(200);
        assertThat(api.received().get(before).body().path("system").toString()).doesNotContain(home.toString());
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, 502, unauthorised", "NO_SUCH_MODEL, 502, model-missing", "RATE_LIMITED, 503, rate-limited",
        "OVERLOADED, 503, overloaded", "SERVER_ERROR, 502, server-error", "REFUSAL, 422, refused",
        "MAX_TOKENS, 422, output-limit", "CUT, 502, cut-off", "TOO_LARGE, 413, too-long"})
    void aFailureIsToldAsWhatItIs(Mode mode, int status, String failure) {
        api.mode(mode).answer("A text that is long enough to be cut in the middle of it");
        var reply = ask("fail-" + mode, "claude-haiku-5-5", "Hello", "");
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(status);
        assertThat(reply.json().path("failure").asText()).isEqualTo(failure);
        boolean paid = mode == Mode.REFUSAL || mode == Mode.MAX_TOKENS || mode == Mode.CUT;
        eventually(() -> assertThat(conduit.query("select * from usage_tracking where request_id = 'fail-" + mode
                + "' and cost > 0")).as("what a failure cost is on record").hasSize(mode == Mode.CUT ? 2 : paid ? 1 : 0));
    }
}
