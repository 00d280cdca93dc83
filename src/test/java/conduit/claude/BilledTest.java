package conduit.claude;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.Outcome.Failed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A bill that no call can have would be a row that the ledger can't write: its run would be held for ever. */
class BilledTest {

    @ParameterizedTest
    @ValueSource(strings = {"'m':{'inputTokens':1000000001}", "'m':{'outputTokens':9e18}",
        "'m':{'inputTokens':1,'cacheReadInputTokens':9223372036854775807}", "'m':{'inputTokens':1,'costUSD':1000000}",
        "'m':{'inputTokens':1,'costUSD':1e400}", "'m':{'inputTokens':1,'costUSD':-0.01}", "' ':{'inputTokens':1}",
        "'a\\u0000b':{'inputTokens':1}", "'mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"
            + "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm':{'inputTokens':1}"})
    void anImpossibleBillIsNonsenseOfUnknownCost(String usage, @TempDir Path folder) throws Exception {
        Path call = folder.resolve("call");
        Spool.create(call, "x", "");
        Files.writeString(Spool.output(call), ("{'type':'result','is_error':false,'num_turns':1,'result':'hello',"
                + "'modelUsage':{" + usage + "}}").replace('\'', '"'));
        Files.writeString(Spool.errors(call), "");

        Failed failed = (Failed) new ReplyReader(1 << 20).read(call, "m", new Result(Ending.EXITED, 0, 42));

        assertThat(failed.failure()).isEqualTo(Failure.NONSENSE);
        assertThat(failed.costKnown()).isFalse();
        assertThat(failed.billed()).isEmpty();
    }
}
