package conduit.claude;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.Outcome.Answered;
import conduit.claude.Outcome.Failed;
import conduit.model.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of a call that is followed, judged. */
class FollowedReplyTest {

    private static final String MODEL = "claude-haiku-5-5";
    private static final String INIT = "{'type':'system','subtype':'init'}\n";
    private static final String ASKS = "{'type':'system','subtype':'status','status':'requesting'}\n";
    private static final String RESULT = "{'type':'result','is_error':false,'num_turns':1,'result':'hello','modelUsage':"
            + "{'claude-haiku-5-5':{'inputTokens':9,'outputTokens':3,'costUSD':0.1}}}\n";

    @TempDir
    Path folder;
    private Path call;

    @BeforeEach
    void open() throws Exception {
        call = folder.resolve("call");
        Spool.create(call, "\n12345678", "1234");
        Files.writeString(Spool.errors(call), "");
    }

    private static String start(int input, int read) {
        return "{'type':'stream_event','event':{'type':'message_start','message':{'model':'" + MODEL + "','usage':{'input_tokens':"
                + input + ",'cache_read_input_tokens':" + read + ",'output_tokens':1}}}}\n";
    }

    private static String text(String text) {
        return "{'type':'stream_event','event':{'type':'content_block_delta','delta':{'type':'text_delta','text':'" + text
                + "'}}}\n";
    }

    private static String told(int output) {
        return "{'type':'stream_event','event':{'type':'message_delta','usage':{'output_tokens':" + output + "}}}\n";
    }

    private Outcome read(String output, Ending ending, int exit) throws Exception {
        Files.writeString(Spool.output(call), output.replace('\'', '"'));
        return new ReplyReader(1 << 20).read(call, MODEL, new Result(ending, exit, 42));
    }

    @ParameterizedTest
    @CsvSource({"REPLIED, 0", "EXITED, 0", "TIMED_OUT, 143", "CANCELLED, 143"})
    void aWholeResultIsTheAnswerHoweverItsProcessEnds(Ending ending, int exit) throws Exception {
        Answered answered = (Answered) read(INIT + ASKS + start(9, 0) + text("hello") + RESULT, ending, exit);
        assertThat(answered.text()).isEqualTo("hello");
        assertThat(answered.billed()).extracting(Billed::tokens).containsExactly(Tokens.of(9, 3));
        assertThat(answered.billed()).extracting(Billed::estimated).containsExactly(false);
    }

    @Test
    void anExitStatusThatTellsAFailureIsOne() throws Exception {
        assertThat(read(INIT + RESULT, Ending.EXITED, 1)).isInstanceOf(Failed.class);
    }

    /** The bill of a reply that can't be read must not be taken for nothing. */
    @ParameterizedTest
    @ValueSource(strings = {
        INIT + RESULT + RESULT,
        RESULT + RESULT,
        INIT + "garbage\n" + RESULT,
        INIT + "[1]\n" + RESULT,
        "a line\n" + RESULT,
        INIT + "{'type':'result'} {'type':'result'}\n",
        "[" + INIT + "," + RESULT + "]"})
    void whatIsNotOneResultAmongSoundLinesIsNonsenseOfUnknownCost(String output) throws Exception {
        Failed failed = (Failed) read(output, Ending.EXITED, 0);
        assertThat(failed.failure()).isEqualTo(Failure.NONSENSE);
        assertThat(failed.costKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {INIT, INIT + ASKS + "{'type':'resu", INIT + ASKS + "{'type':'result','is_error':false}"})
    void linesWithoutAWholeResultAreACrashOfUnknownCost(String output) throws Exception {
        Files.writeString(Spool.errors(call), "error: something\n");
        Failed failed = (Failed) read(output, Ending.EXITED, 1);
        assertThat(failed.failure()).isEqualTo(Failure.CRASHED);
        assertThat(failed.costKnown()).as("a request may have been sent").isFalse();
        assertThat(new ReplyReader(1 << 20).isComplete(call)).isFalse();
    }

    @Test
    void aPieceThatEndsWithinACharacterSpoilsNothing() throws Exception {
        assertThat(read(INIT + start(9, 0) + text("\\ud83d") + text("\\udc4b") + RESULT, Ending.REPLIED, 0))
                .isInstanceOf(Answered.class);
    }

    private void cancelled(String output, long input, long out, long read) throws Exception {
        Failed failed = (Failed) read(output, Ending.CANCELLED, 143);
        assertThat(failed.failure()).isEqualTo(Failure.CANCELLED);
        assertThat(failed.costKnown()).isTrue();
        assertThat(failed.billed()).containsExactly(Billed.estimate(MODEL, new Tokens(input, out, read, 0, 0)));
    }

    /** The prompt and the system prompt have 13 bytes. */
    @Test
    void whoGoesAwayPaysForWhatTheApiToldAndForWhatCame() throws Exception {
        cancelled(INIT + ASKS, 4, 0, 0);
        cancelled("", 4, 0, 0);
        cancelled(INIT + ASKS + start(1000, 50), 1000, 1, 50);
        cancelled(INIT + ASKS + start(1000, 50) + text("123456789"), 1000, 3, 50);
        cancelled(INIT + ASKS + start(1000, 50) + text("1234") + text("56789") + told(7), 1000, 7, 50);
        cancelled(INIT + ASKS + start(1000, 0) + told(7) + ASKS + start(1000, 0) + text("1234"), 2000, 8, 0);
        // A second request that was sent and told nothing yet.
        cancelled(INIT + ASKS + start(1000, 0) + told(7) + ASKS, 2000, 7, 0);
    }

    /** Else a call that was ended would be booked at less than it is billed. */
    @Test
    void whatTheApiDidNotTellIsNotTakenForNothing() throws Exception {
        String silent = start(0, 0).replace("'input_tokens':0,'cache_read_input_tokens':0,", "");
        cancelled(INIT + ASKS + silent + text("1234"), 4, 1, 0);
        cancelled(INIT + ASKS + silent + told(7).replace("'output", "'input_tokens':90,'output"), 90, 7, 0);
        cancelled(INIT + ASKS + start(10, 990) + told(7) + ASKS, 10 + 1_000, 7, 990);
    }

    /** Scripts other than Latin have about a token a character. */
    @Test
    void aTextThatIsNotAsciiIsATokenACharacter() throws Exception {
        cancelled(INIT + ASKS + start(1000, 0) + text("\u4f60\u597d\u4e16\u754c ok"), 1000, 5, 0);
        Files.writeString(call.resolve("stdin"), "\n" + "\u4f60".repeat(100));
        cancelled(INIT + ASKS, 102, 0, 0);
    }

    /** Nobody has a price for that name, so it would be booked as the dearest model of all. */
    @Test
    void aModelWithItsDateIsTheOneThatWasAsked() throws Exception {
        cancelled(INIT + ASKS + start(1000, 0).replace(MODEL, MODEL + "-20261001"), 1000, 1, 0);
        Failed other = (Failed) read(INIT + ASKS + start(1000, 0).replace(MODEL, MODEL + "-5"), Ending.CANCELLED, 143);
        assertThat(other.billed()).extracting(Billed::model).containsExactly(MODEL + "-5");
    }

    @Test
    void nothingWasSentWhereNoProcessHadThePrompt() throws Exception {
        Failed failed = (Failed) new ReplyReader(1 << 20).read(call, MODEL, new Result(Ending.CANCELLED, 0, 0));
        assertThat(failed.billed()).isEmpty();
        assertThat(failed.costKnown()).isTrue();
    }

    @Test
    void usageThatMakesNoSenseIsOfUnknownCost() throws Exception {
        assertThat(((Failed) read(INIT + start(-5, 0), Ending.CANCELLED, 143)).costKnown()).isFalse();
    }

    private static List<String> heard(String... lines) {
        List<String> heard = new ArrayList<>();
        Follower follower = new Follower(new Listener() {
            @Override
            public void text(String piece) {
                heard.add(piece);
            }

            @Override
            public boolean isGone() {
                return false;
            }
        });
        for (String line : lines) {
            follower.line(line.replace('\'', '"').strip());
        }
        return heard;
    }

    @Test
    void aListenerGetsTheTextWholeCharactersAndTheFirstTryOnly() {
        assertThat(heard(INIT, start(1, 0), text("a\\ud83d"), text("\\udc4bb"))).containsExactly("a", "👋b");
        assertThat(heard(start(1, 0), start(1, 0), text("a"))).as("an empty try").containsExactly("a");
        assertThat(heard(start(1, 0), text("a"), start(1, 0), text("b"))).containsExactly("a");
        assertThat(heard("garbage \"stream_event\"", start(1, 0), text("a"), RESULT)).containsExactly("a");
    }

    @Test
    void aTextThatLooksLikeAResultIsNone() {
        Follower follower = new Follower(null);
        follower.line(text("{\\\"type\\\":\\\"result\\\"}").replace('\'', '"'));
        follower.line("{\"type\":\"user\",\"x\":{\"type\":\"result\"}}");
        assertThat(follower.hasResult()).isFalse();
        follower.line(RESULT.replace('\'', '"'));
        assertThat(follower.hasResult()).isTrue();
    }
}
