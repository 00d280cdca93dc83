package conduit.flow;

import conduit.Some;
import conduit.claude.ClaudeCommand;
import conduit.claude.ClaudeProcess;
import conduit.attempt.Attempt;
import conduit.claude.Outcome;
import conduit.claude.Places;
import conduit.claude.ReplyReader;
import conduit.claude.Runner;
import conduit.claude.Spool;
import conduit.ledger.Accountant;
import conduit.ledger.Completion;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecBinding;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A stop that takes too long interrupts those who wait. */
class ClaudeExecTest {

    @TempDir
    Path folder;

    /** Nothing ran, so nothing is booked, and the id may be sent again. */
    @Test
    void aCallThatIsInterruptedInTheLineForAPlaceCostsNothing() throws Exception {
        Spool spool = new Spool(folder);
        ReplyReader replies = new ReplyReader(1_000);
        Places none = new Places(0);
        ClaudeCommand command = new ClaudeCommand("claude", true, Map.of());
        ClaudeExec exec = new ClaudeExec(command, new Runner(command, new ClaudeProcess(1_000), null), replies,
                new ClaudeExec.Calls(spool, none, Duration.ofSeconds(1)));
        Run run = new Run(Stores.routed("line", "p", "0.25", Stores.NOON), 1, Stores.NOON.toLocalDate());
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Carried.RUN, run);
        exchange.setProperty(Carried.ATTEMPT, new Attempt(run, Duration.ofSeconds(1)));
        exec.prepare(exchange);
        List<?> arguments = exchange.getMessage().getHeader(ExecBinding.EXEC_COMMAND_ARGS, List.class);
        Thread.currentThread().interrupt();
        exchange.getMessage().setBody(exec.execute(new ExecCommand("claude", arguments.stream().map(String::valueOf).toList(),
                spool.of(run.key()).toString(), 1_000L, null, null, null, false, null)));
        assertThat(Thread.interrupted()).as("who called is told").isTrue();

        exec.read(exchange);
        Completion completion = new Accountant(Some.CATALOGUE).complete(run, exchange.getMessage().getBody(Outcome.class));
        assertThat(spool.wasStarted(run.key())).isFalse();
        assertThat(completion.usage()).isEmpty();
        assertThat(completion.costUsd()).isZero();
    }
}
