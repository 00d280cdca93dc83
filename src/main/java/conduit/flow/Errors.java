package conduit.flow;

import conduit.claude.Spool;
import conduit.ledger.Desk;
import conduit.ledger.Ledger;
import conduit.ledger.Run;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.request.LlmRequest;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** Turns whatever failed into a problem, and sees to it that the request is not left half-way. */
public final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final Ledger ledger;
    private final Desk desk;
    private final Spool spool;
    private final Metrics metrics;
    private final Watch watch;

    public Errors(Ledger ledger, Desk desk, Spool spool, Metrics metrics, Watch watch) {
        this.ledger = ledger;
        this.desk = desk;
        this.spool = spool;
        this.metrics = metrics;
        this.watch = watch;
    }

    /** Makes the body the problem. */
    public void problem(Exchange exchange) {
        Problem problem = of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        LlmRequest admitted = exchange.getProperty(Carried.ADMITTED, LlmRequest.class);
        if (admitted != null && !problem.more().containsKey("requestId")) {
            problem = problem.with("requestId", admitted.id());
        }
        problem = withCost(problem, exchange.getProperty(Carried.RUN, Run.class));
        metrics.failed(problem.kind());
        end(exchange, problem);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(problem);
    }

    private Problem of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException expected) {
                return expected.problem();
            }
            if (cause instanceof DuplicateKeyException) {
                return Problem.of(Kind.ID_CONFLICT, "Another Conduit took a request with this id up at the same "
                        + "moment. Send it again to get its answer.");
            }
        }
        Problem unstorable = watch.unstorable(thrown);
        if (unstorable != null) {
            return unstorable;
        }
        LOG.error("A request failed in a way that was not foreseen", thrown instanceof CamelExecutionException
                ? thrown.getCause() : thrown);
        return Problem.of(Kind.INTERNAL, "Conduit failed while it worked on this request; its log says why.");
    }

    /** What its attempts cost that were over by then; of the last one the sweep will tell. */
    private static Problem withCost(Problem problem, Run run) {
        return run == null || run.triedUsd().signum() == 0 ? problem : new Problem(problem.kind(), problem.detail() + " An "
                + "attempt before that was paid for, so it is not run again under this id: to try again, send it under another one.",
                problem.more());
    }

    private void end(Exchange exchange, Problem problem) {
        LlmRequest admitted = exchange.getProperty(Carried.ADMITTED, LlmRequest.class);
        Run run = exchange.getProperty(Carried.RUN, Run.class);
        if (admitted == null || exchange.getProperty(Carried.COMPLETED) != null) {
            return;
        }
        try {
            if (run != null && (spool.wasStarted(run.key()) || !run.tried().isEmpty())) {
                LOG.warn("Request {} failed behind the start of a process; the next sweep books what it cost",
                        admitted.id());
            } else if (run != null) {
                ledger.release(admitted.id(), run.number(), problem);
                spool.remove(run.key());
            } else {
                ledger.refuse(admitted, problem);
            }
        } catch (RuntimeException e) {
            LOG.error("The failure of request {} can't be stored: {}", admitted.id(), e.toString());
        } finally {
            desk.leave(admitted);
        }
    }
}
