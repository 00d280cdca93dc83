package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.claude.MessagesStub.Mode;
import conduit.claude.MessagesStub.Usage;
import conduit.model.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process of the real CLI that waited for its call sends and says: the same as one that is started for it. It needs
 * the binary, as {@link RealClaudeIT} does.
 */
class RealWarmIT {

    @TempDir
    static Path folder;
    private static MessagesStub api;
    private static Calling calls;

    @BeforeAll
    static void start() throws Exception {
        String command = RealClaudeIT.required();
        api = new MessagesStub();
        calls = new Calling(folder, command, Map.of("PATH", System.getenv("PATH"), "ANTHROPIC_API_KEY", "sk-loopback",
                "ANTHROPIC_BASE_URL", api.url()), 4).start();
    }

    @AfterAll
    static void stop() {
        if (calls != null) {
            calls.close();
            api.close();
        }
    }

    @BeforeEach
    void answerWell() {
        api.mode(Mode.ANSWER).answer("STUB answer").usage(new Usage(1000, 100, 0, 0, 0));
    }

    static Stream<List<String>> texts() {
        return Stream.of(List.of("claude-haiku-5-5", "/help", ""), List.of("claude-sonnet-5-5", "/clear", "Be brief"),
                List.of("claude-opus-5-5", "@/etc/passwd", "@/etc/hostname --help"), List.of("claude-haiku-5-5", "!ls", " \n"),
                List.of("claude-sonnet-4-5", "  Grüße, 世界 👋\n\"quoted\" \\ \u2028 \t $HOME `id` \r\n ", "\"S\" \\n ü\n"),
                List.of("claude-haiku-4-5", "y".repeat(1_000_000) + "世", "x".repeat(200_000)),
                List.of("claude-haiku-5-5", "{\"type\":\"result\"}\n{\"type\":\"control_request\"}", ""));
    }

    /** Byte for byte, but for the ids, and for how thinking would be shown, which nobody is. */
    @ParameterizedTest
    @MethodSource("texts")
    void theRequestIsThatOfAProcessThatIsStartedForIt(List<String> text) throws Exception {
        int before = api.received().size();
        assertThat(calls.cold(text.get(0), text.get(1), text.get(2), 777, null)).isInstanceOf(Outcome.Answered.class);
        assertThat(calls.warm(text.get(0), text.get(1), text.get(2), 777, null)).isInstanceOf(Outcome.Answered.class);

        assertThat(api.received()).as("one request each").hasSize(before + 2);
        JsonNode cold = comparable(api.received().get(before).body());
        JsonNode warm = comparable(api.received().get(before + 1).body());
        assertThat(warm).isEqualTo(cold);
        assertThat(warm.path("messages").path(0).path("content").toString())
                .contains(SimulatorRun.JSON.writeValueAsString("\n" + text.get(1)));
        assertThat(warm.path("model").asText()).isEqualTo(text.get(0));
        assertThat(warm.path("max_tokens").asInt()).isEqualTo(777);
    }

    private static JsonNode comparable(JsonNode body) {
        ObjectNode copy = body.deepCopy();
        copy.remove("metadata");
        if (copy.path("thinking") instanceof ObjectNode thinking) {
            thinking.remove("display");
        }
        return copy;
    }

    @Test
    void theBillIsThatOfAProcessThatIsStartedForIt() throws Exception {
        api.usage(new Usage(1000, 100, 2000, 1000, 3000)).answer("Forty-two: \"42\"\nand no more");
        Outcome.Answered cold = (Outcome.Answered) calls.cold("claude-sonnet-5-5", "How much?", "", 4096, null);
        Outcome.Answered warm = (Outcome.Answered) calls.warm("claude-sonnet-5-5", "How much?", "", 4096, null);
        assertThat(warm.text()).isEqualTo(cold.text());
        assertThat(warm.billed()).isEqualTo(cold.billed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, UNAUTHORISED", "NO_SUCH_MODEL, MODEL_MISSING", "RATE_LIMITED, RATE_LIMITED",
        "OVERLOADED, OVERLOADED", "SERVER_ERROR, SERVER_ERROR", "REFUSAL, REFUSED", "MAX_TOKENS, OUTPUT_LIMIT",
        "CUT, CUT_OFF", "TOO_LARGE, TOO_LONG"})
    void aFailureIsAndCostsWhatItDoesInAProcessThatIsStartedForIt(Mode mode, Failure failure) throws Exception {
        api.mode(mode).answer("A text that is long enough to be cut in the middle of it");
        Outcome.Failed cold = (Outcome.Failed) calls.cold("claude-haiku-5-5", "Hello", "", 4096, null);
        Outcome.Failed warm = (Outcome.Failed) calls.warm("claude-haiku-5-5", "Hello", "", 4096, null);
        assertThat(warm.failure()).isEqualTo(failure).isEqualTo(cold.failure());
        assertThat(warm.billed()).isEqualTo(cold.billed());
        assertThat(warm.costKnown()).isEqualTo(cold.costKnown());
    }

    @Test
    void aQuestionForItsHealthIsSentToNobodyAndLeavesNoTrace() throws Exception {
        int before = api.received().size();
        calls.warm("claude-haiku-5-5", "Hello", "", 4096, null);
        eventually(() -> assertThat(calls.pool.size()).isPositive());
        for (int i = 0; i < 3; i++) {
            assertThat(calls.pool.probe()).isEmpty();
        }
        calls.warm("claude-haiku-5-5", "Hello", "", 4096, null);
        assertThat(api.received()).hasSize(before + 2);
        assertThat(comparable(api.received().get(before + 1).body())).isEqualTo(comparable(api.received().get(before).body()));
    }

    /** The text of a listener; gone once it has so much. */
    private record Heard(List<String> pieces, int enough) implements Listener {
        @Override
        public void text(String piece) {
            pieces.add(piece);
        }

        @Override
        public boolean isGone() {
            return pieces.size() >= enough;
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theTextIsHandedOnAsItComes(boolean warm) throws Exception {
        api.answer("Grüße 👋 \"q\"\nand more");
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), Integer.MAX_VALUE);
        Outcome outcome = warm ? calls.warm("claude-haiku-5-5", "Hello", "", 4096, heard)
                : calls.cold("claude-haiku-5-5", "Hello", "", 4096, heard);
        assertThat(((Outcome.Answered) outcome).text()).isEqualTo("Grüße 👋 \"q\"\nand more");
        assertThat(String.join("", heard.pieces())).isEqualTo("Grüße 👋 \"q\"\nand more");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whoGoesAwayEndsTheProcessAndPaysForWhatCame(boolean warm) throws Exception {
        api.mode(Mode.STALL).answer("0123456789".repeat(80)).usage(new Usage(1000, 100, 0, 0, 500));
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), 1);
        Outcome.Failed failed = (Outcome.Failed) (warm ? calls.warm("claude-haiku-5-5", "Hello", "", 4096, heard)
                : calls.cold("claude-haiku-5-5", "Hello", "", 4096, heard));
        assertThat(failed.failure()).isEqualTo(Failure.CANCELLED);
        assertThat(failed.costKnown()).isTrue();
        assertThat(failed.billed()).containsExactly(Billed.estimate("claude-haiku-5-5", new Tokens(1000, 100, 500, 0, 0)));
        eventually(() -> assertThat(calls.spool.processOf(calls.key())).isEmpty());
    }

    /** As a Conduit that is killed leaves it: nothing holds its standard input any more. */
    @Test
    void aProcessWhoseConduitIsGoneEndsItsCallByItself() throws Exception {
        eventually(() -> assertThat(calls.pool.size()).isPositive());
        Spare spare = Spare.start(calls.spool, calls.command, new Dialogue.Flags("claude-haiku-5-5", 4096), Calling.LIMIT, 0);
        assertThat(spare.agrees(Calling.LIMIT)).isTrue();
        spare.send("\nHello");
        spare.process().getOutputStream().close();
        assertThat(spare.process().waitFor()).isZero();
        assertThat(ReplyText.of(Files.readString(Spool.output(spare.folder()))).result().path("result").asText())
                .isEqualTo("STUB answer");
        calls.pool.refuse(spare);
    }
}
