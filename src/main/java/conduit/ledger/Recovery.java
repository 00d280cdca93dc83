package conduit.ledger;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.ReplyReader;
import conduit.claude.Spool;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Ends what a crash left behind: a run whose process never started is released, one whose process said how it ended
 * is settled, and only what can't be known is flagged.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Ledger ledger;
    private final RunReader runs;
    private final Spool spool;
    private final ReplyReader replies;
    private final Accountant accountant;
    private final Duration patience;
    private final List<Run> running = new ArrayList<>();

    /** @param patience how long processes that still run may take to end */
    public Recovery(Ledger ledger, RunReader runs, Spool spool, ReplyReader replies, Accountant accountant,
                    Duration patience) {
        this.ledger = ledger;
        this.runs = runs;
        this.spool = spool;
        this.replies = replies;
        this.accountant = accountant;
        this.patience = patience;
    }

    /** Goes through the runs whose process is gone, and returns those that are to be settled. */
    public List<Completion> recover() {
        List<Completion> finished = new ArrayList<>();
        List<Run> open = runs.open();
        removeSettled(open);
        for (Run run : open) {
            String key = run.key();
        if (!spool.wasStarted(key)) {
            ledger.release(run.request().id(), run.number(), Problem.of(Kind.INTERNAL,
                    "Conduit ended before this request ran. Nothing was spent: send it again."));
            LOG.info("Request {} had not started when Conduit ended; nothing was spent", run.request().id());
            spool.remove(key);
        } else if (spool.processOf(key).isPresent()) {
            running.add(run);
        } else {
            end(run, finished);
        }
        }
        return finished;
    }

    /** Waits for the processes that outlived Conduit, all of them together no longer than one may take. */
    public List<Completion> recoverRunning() {
        List<Completion> finished = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Run run : running) {
        awaitEnd(run.key(), deadline);
        end(run, finished);
        }
        running.clear();
        return finished;
    }

    private void end(Run run, List<Completion> finished) {
        String key = run.key();
        if (replies.isComplete(spool.of(key))) {
            finished.add(accountant.complete(run, replies.read(spool.of(key), run.model().id(),
                    new Result(Ending.EXITED, 0, 0))));
            LOG.info("Request {} ended while Conduit was away; its answer and cost are booked", run.request().id());
        } else {
            ledger.flagUnknown(run.request().id(), run.number());
            LOG.warn("Request {} ran when Conduit ended and left no answer: unknown, its reservation stays held. "
                    + "Resolve it with POST /v1/requests/{}/resolve", run.request().id(), run.request().id());
        }
    }

    /** Calls whose run is ended on disk, but whose folder a crash left. */
    private void removeSettled(List<Run> open) {
        Set<String> keys = open.stream().map(Run::key).collect(Collectors.toSet());
        spool.keys().stream().filter(key -> !keys.contains(key)).forEach(spool::remove);
    }

    private void awaitEnd(String key, long deadline) {
        spool.processOf(key).ifPresent(process -> {
            try {
                process.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                LOG.debug("The process of {} can't be watched", key);
            }
        });
    }
}
