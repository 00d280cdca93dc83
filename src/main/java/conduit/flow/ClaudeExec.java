package conduit.flow;

import conduit.claude.ClaudeCommand;
import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.ClaudeProcess;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.claude.Places;
import conduit.claude.ReplyReader;
import conduit.claude.Spool;
import conduit.ledger.Accountant;
import conduit.ledger.Run;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.exec.ExecBinding;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Camel Exec's way to the CLI. The executable is the configured one, whatever a header says; the arguments begin with
 * the output cap as {@code NAME=VALUE}, as env(1) takes it.
 */
public final class ClaudeExec implements ExecCommandExecutor {

    private static final String STOPPED = "Conduit stopped before its turn came";
    private static final String CAP = "CLAUDE_CODE_MAX_OUTPUT_TOKENS=";

    private final ClaudeCommand command;
    private final ClaudeProcess process;
    private final ReplyReader replies;
    private final Calls calls;
    private final Accountant accountant;

    /**
     * Where and when calls run.
     *
     * @param limit the longest that one call may take
     */
    public record Calls(Spool spool, Places places, Duration limit) {
    }

    public ClaudeExec(ClaudeCommand command, ClaudeProcess process, ReplyReader replies, Calls calls,
                      Accountant accountant) {
        this.command = command;
        this.process = process;
        this.replies = replies;
        this.calls = calls;
        this.accountant = accountant;
    }

    /** A result that also says how the process ended. */
    private static final class Ended extends ExecResult {

        private static final long serialVersionUID = 1;
        private final transient Result result;
        private final transient IOException notStarted;

        Ended(ExecCommand command, Result result, IOException notStarted) {
            super(command, null, null, result == null ? 127 : result.exit());
            this.result = result;
            this.notStarted = notStarted;
        }
    }

    /** Makes the call's folder, and writes the run as Camel Exec's headers. */
    public void prepare(Exchange exchange) throws IOException {
        Run run = exchange.getProperty(Carried.RUN, Run.class);
        String system = run.request().system();
        Path call = calls.spool().of(run.key());
        Spool.create(call, command.input(run.request().prompt()), system);
        List<String> arguments = new ArrayList<>();
        arguments.add(CAP + run.routed().estimate().maxOutputTokens());
        arguments.addAll(command.arguments(run.model().id(), system.isEmpty() ? null : Spool.system(call)));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(ExecBinding.EXEC_COMMAND_ARGS, arguments);
        message.setHeader(ExecBinding.EXEC_COMMAND_WORKING_DIR, call.toString());
        message.setHeader(ExecBinding.EXEC_COMMAND_TIMEOUT, calls.limit().toMillis());
        message.setBody(null);
    }

    @Override
    public ExecResult execute(ExecCommand asked) throws IOException {
        Duration limit = Duration.ofMillis(asked.getTimeout());
        String cap = asked.getArgs().get(0).substring(CAP.length());
        Map<String, String> environment = command.environment(Integer.parseInt(cap), limit);
        List<String> line = new ArrayList<>(List.of(command.executable()));
        line.addAll(asked.getArgs().subList(1, asked.getArgs().size()));
        try {
            calls.places().enter();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Nothing ran: its worst case must not be booked, and the id may be sent again.
            return new Ended(asked, null, new InterruptedIOException(STOPPED));
        }
        try {
            return new Ended(asked, process.run(Path.of(asked.getWorkingDir()), line, environment, limit), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(asked, new Result(Ending.TIMED_OUT, 143, 0), null);
        } catch (IOException e) {
            return new Ended(asked, null, e);
        } finally {
            calls.places().leave();
        }
    }

    /** Judges what came back; makes the body the run's completion. */
    public void read(Exchange exchange) {
        Run run = exchange.getProperty(Carried.RUN, Run.class);
        Ended ended = (Ended) exchange.getMessage().getBody(ExecResult.class);
        exchange.getMessage().removeHeaders("*");
        Outcome outcome = ended.result == null
                ? new Outcome.Failed(Failure.NOT_STARTED, reason(ended.notStarted), List.of(), 0, true)
                : replies.read(calls.spool().of(run.key()), run.model().id(), ended.result);
        exchange.getMessage().setBody(accountant.complete(run, outcome));
        exchange.setProperty(Carried.COMPLETED, true);
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof InterruptedIOException ? message : message.contains("No such file") ? "the command is not found; check conduit.claude.command"
                : message.contains("ermission denied") ? "the command may not be executed; check conduit.claude.command"
                : "the call's folder or process can't be made; see the log";
    }
}
