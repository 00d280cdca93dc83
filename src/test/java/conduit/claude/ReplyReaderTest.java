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

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What the real CLI said in each case, judged. */
class ReplyReaderTest {

    private static final Path REPLIES = Path.of("src/test/resources/claude-replies");

    @TempDir
    Path folder;
    private Path call;

    @BeforeEach
    void open() throws Exception {
        call = folder.resolve("call");
        Spool.create(call, "x", "");
    }

    private Outcome read(String output, int exit) throws Exception {
        Files.writeString(Spool.output(call), output);
        Files.writeString(Spool.errors(call), "");
        return new ReplyReader(1 << 20).read(call, "claude-haiku-5-5", new Result(Ending.EXITED, exit, 42));
    }

    private Outcome sample(String name, int exit) throws Exception {
        return read(Files.readString(REPLIES.resolve(name + ".json")), exit);
    }

    /** A gateway gave up waiting, not the API: else a call that is billed would be booked as free, and made again. */
    @ParameterizedTest
    @ValueSource(ints = {408, 504, 524})
    void aGatewaysTimeOutMayHaveBeenPaidFor(int status) throws Exception {
        Failed failed = (Failed) read("{\"is_error\":true,\"num_turns\":1,\"api_error_status\":" + status + ",\"result\":\"API Error\"}", 1);
        assertThat(failed.failure()).isEqualTo(Failure.TIMED_OUT);
        assertThat(failed.costKnown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            answer           | claude-haiku-5-5  | 1000 | 100 | 0    | 0    | 0.00015000000000000001
            answer-cache     | claude-sonnet-4-5 | 1000 | 100 | 3000 | 2000 | 0.0129
            answer-older     | claude-haiku-4-5  | 1000 | 100 | 0    | 0    | 0.0015
            answer-two-calls | claude-haiku-5-5  | 2000 | 108 | 0    | 0    | 0.000254
            """)
    void anAnswerTellsItsTextTokensAndCost(String name, String model, long in, long out, long read, long write,
            BigDecimal cost) throws Exception {
        Answered answered = (Answered) sample(name, 0);

        assertThat(answered.text()).startsWith("STUB_OK ");
        assertThat(answered.latencyMs()).isEqualTo(42);
        assertThat(answered.session()).hasSize(36);
        assertThat(answered.billed()).containsExactly(new Billed(model, new Tokens(in, out, read, write, 0), cost));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400            | 1 | BAD_REQUEST   | 0    | 0   | true
            401            | 1 | UNAUTHORISED  | 0    | 0   | true
            401-older      | 1 | UNAUTHORISED  | 0    | 0   | true
            403            | 1 | UNAUTHORISED  | 0    | 0   | true
            404            | 1 | MODEL_MISSING | 0    | 0   | true
            413            | 1 | TOO_LONG      | 0    | 0   | true
            429            | 1 | RATE_LIMITED  | 0    | 0   | true
            500            | 1 | SERVER_ERROR  | 0    | 0   | true
            502            | 1 | SERVER_ERROR  | 0    | 0   | true
            529            | 1 | OVERLOADED    | 0    | 0   | true
            credit         | 1 | NO_CREDIT     | 0    | 0   | true
            too-long       | 1 | TOO_LONG      | 0    | 0   | true
            blocking-limit | 1 | TOO_LONG      | 0    | 0   | true
            no-key         | 1 | UNAUTHORISED  | 0    | 0   | true
            refused        | 1 | NETWORK       | 0    | 0   | true
            reset          | 1 | NETWORK       | 0    | 0   | false
            timed-out      | 1 | TIMED_OUT     | 0    | 0   | false
            cut            | 1 | CUT_OFF       | 1000 | 7   | true
            max-tokens     | 1 | OUTPUT_LIMIT  | 4000 | 400 | true
            refusal        | 1 | REFUSED       | 2000 | 200 | true
            empty-text     | 0 | NONSENSE      | 2000 | 200 | true
            budget         | 1 | NONSENSE      | 1000 | 100 | true
            """)
    void aFailureTellsItsKindAndWhatItCost(String name, int exit, Failure failure, long in, long out, boolean known)
            throws Exception {
        Failed failed = (Failed) sample(name, exit);

        assertThat(failed.failure()).isEqualTo(failure);
        assertThat(failed.costKnown()).isEqualTo(known);
        assertThat(failed.billed().stream().map(Billed::tokens).reduce(Tokens.NONE, Tokens::plus))
                .isEqualTo(Tokens.of(in, out));
        assertThat(failed.detail()).isNotBlank().hasSizeLessThan(210).doesNotContain("\n");
    }

    /** A caller of the API can't run --model, log in, start a session or mend a gateway. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401       | Invalid API key
            no-key    | Not logged in
            404       | There's an issue with the selected model (no-such-model). It may not exist or you may not have access to it.
            413       | Request too large (max 32MB). Accumulated images and attachments in the conversation pushed the request over the limit.
            429       | API Error: Request rejected (429) · stub: rate limited
            529       | API Error: 529 Overloaded. This is a server-side issue, usually temporary — try again in a moment.
            cut       | API Error: Connection to the API was lost (ECONNRESET). This is usually temporary — try again.
            reset     | API Error: Connection dropped (ECONNRESET).
            timed-out | Request timed out.
            refusal   | API Error: Haiku 5.5 can't help with this.
            """)
    void whatHappenedIsToldWithoutAdviceThatNobodyCanFollow(String name, String detail) throws Exception {
        assertThat(((Failed) sample(name, 1)).detail()).isEqualTo(detail);
    }

    @Test
    void adviceAloneIsNoReason() throws Exception {
        assertThat(((Failed) read("{\"is_error\":true,\"num_turns\":0,\"api_error_status\":401,\"result\":\"Please run /login\"}", 1))
                .detail()).isEqualTo("no text came");
        assertThat(((Failed) sample("too-long", 1)).detail()).startsWith("Prompt is too long").doesNotContain("compacted");
    }

    @Test
    void anAnswerOfAProcessThatFailedIsNone() throws Exception {
        assertThat(sample("answer", 1)).isInstanceOf(Failed.class);
        assertThat(sample("answer", 143)).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "[{\"type\":\"result\"}]", "{\"type\":\"result\"", "{} {}", "\"text\""})
    void whatIsNotOneObjectIsNonsenseOfUnknownCost(String output) throws Exception {
        Failed failed = (Failed) read(output, 0);

        assertThat(failed.failure()).isEqualTo(Failure.NONSENSE);
        assertThat(failed.costKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"is_error\":false,\"num_turns\":1,\"result\":\"hello\"}", "{}",
            "{\"is_error\":false,\"num_turns\":1,\"result\":\"hello\",\"modelUsage\":{\"m\":{\"inputTokens\":-5}}}"})
    void anObjectThatDoesNotTellItsUsageIsOfUnknownCost(String output) throws Exception {
        assertThat(((Failed) read(output, 0)).costKnown()).isFalse();
    }

    @Test
    void aSwallowedCommandIsAFailureThatCostNothing() throws Exception {
        Failed failed = (Failed) read("{\"type\":\"result\",\"is_error\":false,\"num_turns\":0,\"result\":\"\","
                + "\"usage\":{\"input_tokens\":0,\"output_tokens\":0},\"modelUsage\":{}}", 0);

        assertThat(failed.failure()).isEqualTo(Failure.NONSENSE);
        assertThat(failed.costKnown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                        | 0   | false
            -                        | 137 | false
            error: unknown option    | 1   | true
            Error: Input must be …   | 1   | true
            Segmentation fault       | 139 | false
            """)
    void silenceIsACrashWhoseCostIsKnownOnlyWhereNothingWasAsked(String errors, int exit, boolean known) throws Exception {
        Files.writeString(Spool.output(call), " \n");
        Files.writeString(Spool.errors(call), errors == null ? "" : errors + "\n");
        Failed failed = (Failed) new ReplyReader(100).read(call, "m", new Result(Ending.EXITED, exit, 1));

        assertThat(failed.failure()).isEqualTo(Failure.CRASHED);
        assertThat(failed.costKnown()).isEqualTo(known);
        assertThat(failed.detail()).startsWith("exit status " + exit).contains(errors == null ? "" : errors);
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127})
    void aCommandThatIsNotThereIsToldWithItsSettingAndCostsNothing(int exit) throws Exception {
        Files.writeString(Spool.output(call), "");
        Files.writeString(Spool.errors(call), "setsid: failed to execute claudx: No such file or directory\n");
        Failed failed = (Failed) new ReplyReader(100).read(call, "m", new Result(Ending.EXITED, exit, 1));

        assertThat(failed.failure()).isEqualTo(Failure.NOT_STARTED);
        assertThat(failed.detail()).contains("conduit.claude.command").doesNotContain("claudx");
        assertThat(failed.costKnown()).isTrue();
    }

    @Test
    void timeAndOutputLimitsAreFailuresOfUnknownCost() throws Exception {
        Files.writeString(Spool.output(call), Files.readString(REPLIES.resolve("answer.json")));
        ReplyReader reader = new ReplyReader(100);

        assertThat((Failed) reader.read(call, "m", new Result(Ending.TIMED_OUT, 143, 9)))
                .extracting(Failed::failure, Failed::costKnown).containsExactly(Failure.TIMED_OUT, false);
        assertThat((Failed) reader.read(call, "m", new Result(Ending.TOO_MUCH_OUTPUT, 143, 9)))
                .extracting(Failed::failure, Failed::costKnown).containsExactly(Failure.NONSENSE, false);
    }

    @Test
    void aReplyIsCompleteOnceItIsOneObject() throws Exception {
        ReplyReader reader = new ReplyReader(1 << 20);
        String reply = Files.readString(REPLIES.resolve("answer.json"));

        assertThat(reader.isComplete(call)).isFalse();
        Files.writeString(Spool.output(call), reply.substring(0, reply.length() / 2));
        assertThat(reader.isComplete(call)).isFalse();
        Files.writeString(Spool.output(call), reply);
        assertThat(reader.isComplete(call)).isTrue();
    }

    /** It ended just as its time did: what it cost is known, and the answer is paid for. */
    @Test
    void aWholeReplyOfAProcessThatRanOutOfTimeIsTheReply() throws Exception {
        Files.writeString(Spool.output(call), Files.readString(REPLIES.resolve("answer.json")));
        assertThat(new ReplyReader(1 << 20).read(call, "claude-haiku-5-5", new Result(Ending.TIMED_OUT, 143, 9)))
                .isInstanceOf(Answered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"api_error\":\"max_output_tokens\"", "\"stop_reason\":\"refusal\""})
    void aModelThatWroteIsNotFreeWithoutABill(String why) throws Exception {
        Failed failed = (Failed) read("{\"type\":\"result\",\"is_error\":true,\"num_turns\":1,\"result\":\"x\"," + why
                + ",\"usage\":{},\"modelUsage\":{}}", 1);
        assertThat(failed.billed()).isEmpty();
        assertThat(failed.costKnown()).isFalse();
    }
}
