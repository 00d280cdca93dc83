package conduit.flow;

import conduit.attempt.Attempt;
import conduit.claude.Call;
import conduit.claude.ClaudeCommand;
import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.Failure;
import conduit.claude.Listener;
import conduit.claude.Outcome;
import conduit.claude.Places;
import conduit.claude.ReplyReader;
import conduit.claude.Runner;
import conduit.claude.Spool;
import conduit.request.LlmRequest;
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
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Camel Exec's way to the CLI. The executable and the environment are the configured ones, whatever a header says. */
public final class ClaudeExec implements ExecCommandExecutor {

    private static final String STOPPED = "Conduit stopped before its turn came";

    private final ClaudeCommand command;
    private final Runner runner;
    private final ReplyReader replies;
    private final Calls calls;
    /** The calls that are about to run, by their folder. */
    private final ConcurrentMap<String, Call> prepared = new ConcurrentHashMap<>();

    /**
     * Where and when calls run.
     *
     * @param limit the longest that one call may take
     */
    public record Calls(Spool spool, Places places, Duration limit) {
    }

    public ClaudeExec(ClaudeCommand command, Runner runner, ReplyReader replies, Calls calls) {
        this.command = command;
        this.runner = runner;
        this.replies = replies;
        this.calls = calls;
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

    /** Makes the folder of the exchange's attempt, and writes its call as Camel Exec's headers. */
    public void prepare(Exchange exchange) throws IOException {
        Attempt attempt = exchange.getProperty(Carried.ATTEMPT, Attempt.class);
        LlmRequest request = attempt.run().request();
        Path folder = calls.spool().of(attempt.key());
        Call call = new Call(folder, request.project(), command.input(request.prompt()), request.system(),
                attempt.model().id(), attempt.run().routed().estimate().maxOutputTokens(), attempt.limit(),
                exchange.getProperty(Carried.LISTENER, Listener.class));
        Spool.create(folder, call.prompt(), call.system());
        prepared.put(folder.toString(), call);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        Path system = call.system().isEmpty() ? null : Spool.system(folder);
        message.setHeader(ExecBinding.EXEC_COMMAND_ARGS, call.listener() == null
                ? command.arguments(call.model(), system) : command.streamed(call.model(), system));
        message.setHeader(ExecBinding.EXEC_COMMAND_WORKING_DIR, folder.toString());
        message.setHeader(ExecBinding.EXEC_COMMAND_TIMEOUT, call.limit().toMillis());
        message.setBody(null);
    }

    @Override
    public ExecResult execute(ExecCommand asked) throws IOException {
        Call call = prepared.remove(asked.getWorkingDir());
        try {
            calls.places().enter(call.project());
            return new Ended(asked, runner.run(call, asked.getArgs(), () -> calls.places().leave(call.project())), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Where nothing ran its worst case must not be booked, and the id may be sent again.
            return Spool.isStarted(call.folder()) ? new Ended(asked, new Result(Ending.TIMED_OUT, 143, 0), null)
                    : new Ended(asked, null, new InterruptedIOException(STOPPED));
        } catch (IOException e) {
            return new Ended(asked, null, e);
        }
    }

    /** Judges what came back; makes the body the attempt's outcome. */
    public void read(Exchange exchange) {
        Attempt attempt = exchange.getProperty(Carried.ATTEMPT, Attempt.class);
        Ended ended = (Ended) exchange.getMessage().getBody(ExecResult.class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(ended.result == null
                ? new Outcome.Failed(Failure.NOT_STARTED, reason(ended.notStarted), List.of(), 0, true)
                : replies.read(calls.spool().of(attempt.key()), attempt.model().id(), ended.result));
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof InterruptedIOException ? message
                : message.contains("No such file") ? "the command is not found; check conduit.claude.command"
                : message.contains("ermission denied") ? "the command may not be executed; check conduit.claude.command"
                : "the call's folder or process can't be made; see the log";
    }
}
