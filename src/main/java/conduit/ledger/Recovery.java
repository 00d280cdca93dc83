package conduit.ledger;

import conduit.claude.Trace;
import conduit.claude.Traces;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends accepted runs that nobody has in hand: those of a crash or a failure, and those of a Conduit that is gone. One
 * whose process never started is released, one whose process said how it ended is settled, and only what can't be known
 * is flagged.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Ledger ledger;
    private final RunReader runs;
    private final Traces traces;
    private final Accountant accountant;
    private final Desk desk;

    public Recovery(Ledger ledger, RunReader runs, Traces traces, Accountant accountant, Desk desk) {
        this.ledger = ledger;
        this.runs = runs;
        this.traces = traces;
        this.accountant = accountant;
        this.desk = desk;
    }

    /** Goes through the accepted runs of this node and of those that are gone; returns what is to be settled. */
    public List<Completion> sweep() {
        List<Completion> finished = new ArrayList<>();
        // Read before the desk is asked: a run that began since is not in the list, one that ended has no reservation.
        for (RunReader.Open open : runs.open()) {
            if (!desk.holds(open.run().request().id())) {
                asItIsNow(open).ifPresent(now -> end(now, finished));
            }
        }
        return finished;
    }

    /**
     * The same run, read once more: between the list and the desk it may have made another attempt, and the folder of the one
     * in the list would tell of a failure that is over. Nobody has it in hand, so it is at its last one now.
     */
    private Optional<RunReader.Open> asItIsNow(RunReader.Open listed) {
        return runs.unended(listed.run().request().id())
                .filter(now -> now.run().number() == listed.run().number() && now.isAccepted());
    }

    private void end(RunReader.Open open, List<Completion> finished) {
        Run run = open.run();
        String id = run.request().id();
        Trace trace = traces.of(run.key(), run.model().id());
        if (trace instanceof Trace.Ended ended) {
            finished.add(booked(run, ended));
        } else if (trace instanceof Trace.Lost) {
            flag(run, "ran when Conduit ended and left no answer");
        } else if (trace instanceof Trace.NeverStarted && open.mine() && !run.tried().isEmpty()) {
            finished.add(accountant.unstarted(run));
            traces.remove(run.key());
            LOG.info("Request {} had failed {} times when Conduit ended, and is not tried again", id, run.tried().size());
        } else if (trace instanceof Trace.NeverStarted && open.mine()) {
            ledger.release(id, run.number(), Problem.of(Kind.INTERNAL,
                    "Conduit ended before this request ran. Nothing was spent: send it again.").with("requestId", id));
            traces.remove(run.key());
            LOG.info("Request {} had not started when Conduit ended; nothing was spent", id);
        } else if (trace instanceof Trace.NeverStarted) {
            flag(run, "was in the hands of a Conduit that is gone");
        }
    }

    private Completion booked(Run run, Trace.Ended ended) {
        LOG.info("Request {} ended while nobody watched; its outcome and cost are booked", run.request().id());
        return accountant.complete(run, ended.outcome());
    }

    private void flag(Run run, String why) {
        String id = run.request().id();
        ledger.flagUnknown(id, run.number());
        LOG.warn("Request {} {}: unknown, its reservation stays held. Resolve it with POST /v1/requests/{}/resolve", id,
                why, id);
    }

    /**
     * Removes the folders of calls that are ended on disk. Those of unknown ones stay, for whoever resolves them; one that
     * ended after all is returned to be settled.
     */
    public List<Completion> tidy() {
        List<Completion> finished = new ArrayList<>();
        for (String key : traces.keys()) {
            String id = Run.idOf(key);
            if (desk.holds(id)) {
                continue;
            }
            RunReader.Open open = runs.unended(id).filter(run -> run.run().key().equals(key)).orElse(null);
            if (open == null) {
                traces.remove(key);
            } else if (traces.of(key, open.run().model().id()) instanceof Trace.Ended ended) {
                finished.add(booked(open.run(), ended));
            }
        }
        return finished;
    }
}
