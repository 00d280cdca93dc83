package conduit.attempt;

import conduit.budget.Budget;
import conduit.claude.Failure;
import conduit.claude.Failure.Verdict;
import conduit.claude.Outcome;
import conduit.claude.Outcome.Failed;
import conduit.ledger.Run;
import conduit.model.Model;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The attempts of one run, one after the other: which is the next, if any can better what the last one came to. One thread
 * at a time walks it. Closed, it gives back what it holds.
 */
public final class Course implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Course.class);
    /** With less than this left no attempt is worth its start. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Means means;
    private final BooleanSupplier pointless;
    private final Deque<Model> chain;
    private Run run;
    private int retries;
    private Duration used = Duration.ZERO;
    private Duration soonest;
    private Breakers.Permit permit;
    private Outcome outcome;

    /** @param pointless whether nobody needs a further attempt any more */
    public Course(Means means, Run run, BooleanSupplier pointless) {
        this.means = means;
        this.run = run;
        this.pointless = pointless;
        this.chain = new ArrayDeque<>(run.routed().chain());
    }

    /** The run at the attempt that was made last. */
    public Run run() {
        return run;
    }

    /** What the run came to, or null while there is an attempt to make. */
    public Outcome outcome() {
        return outcome;
    }

    /** The first attempt; nothing where no model may be called now. */
    public Optional<Attempt> begin() {
        permit = means.breakers().ask(run.model().id());
        if (permit != null) {
            return Optional.of(attempt());
        }
        Duration left = means.breakers().left(run.model().id());
        return after(new Failed(Failure.OVERLOADED, "it failed often of late"
                + means.breakers().last(run.model().id()).map(last -> " (" + last.text() + ")").orElse("") + " and is left alone"
                + (left.isZero() ? " until its probe has ended" : " for " + Math.max(1, left.toSeconds()) + " s more"), List.of(), 0, true), true);
    }

    /** The attempt that follows the last one, which came to this. */
    public Optional<Attempt> judge(Outcome said) {
        used = used.plusMillis(said.latencyMs());
        if (permit != null) {
            permit.tell(verdict(said), said instanceof Failed failed ? failed.failure() : null);
        }
        if (said instanceof Failed failed) {
            return after(failed, false);
        }
        outcome = said;
        return Optional.empty();
    }

    /** One that had but the rest of a request's time, and took it, says little of its model. */
    private Verdict verdict(Outcome said) {
        if (!(said instanceof Failed failed)) {
            return Verdict.SUCCESS;
        }
        boolean hurried = failed.failure() == Failure.TIMED_OUT && run.attempt() > 1
                && failed.latencyMs() * 2 < means.patience().limit().toMillis();
        return hurried ? Verdict.NOTHING : failed.failure().verdict();
    }

    private Optional<Attempt> after(Failed failed, boolean leftAlone) {
        note(run.model().id());
        Optional<Attempt> next = Optional.empty();
        // What may have been paid for, nobody knows how dearly, is not paid for again.
        if (failed.costKnown() && !pointless.getAsBoolean()) {
            next = leftAlone ? Optional.empty() : again(failed);
            if (next.isEmpty() && failed.failure().fallsBack()) {
                next = elsewhere(failed);
            }
        }
        if (next.isEmpty()) {
            outcome = soonest == null || soonest.isZero() ? failed : failed.again(soonest);
        }
        return next;
    }

    /** Keeps the soonest moment at which one of the models can be had; zero where that is not known. */
    private void note(String model) {
        Duration left = means.breakers().left(model);
        soonest = soonest == null || left.compareTo(soonest) < 0 ? left : soonest;
    }

    /** Tries the same model again, if that helps, may be, and there is time. */
    private Optional<Attempt> again(Failed failed) {
        if (retries >= failed.failure().retries(means.patience().retries())
                || !means.breakers().left(run.model().id()).isZero()) {
            return Optional.empty();
        }
        Duration wait = means.patience().backoff().before(retries + 1);
        if (left().minus(wait).compareTo(LEAST) < 0 || !means.patience().pause().await(wait, pointless)) {
            return Optional.empty();
        }
        used = used.plus(wait);
        Optional<Attempt> next = to(run.model(), failed);
        if (next.isPresent()) {
            retries++;
        }
        return next;
    }

    /** Tries the next model of the chain that may be called, and that the limits have room for. */
    private Optional<Attempt> elsewhere(Failed failed) {
        Optional<Attempt> next = Optional.empty();
        while (next.isEmpty() && !chain.isEmpty() && left().compareTo(LEAST) >= 0 && !pointless.getAsBoolean()) {
            Model other = chain.poll();
            note(other.id());
            next = to(other, failed);
        }
        if (next.isPresent()) {
            retries = 0;
        }
        return next;
    }

    private Optional<Attempt> to(Model model, Failed failed) {
        Routed now = run.routed();
        BigDecimal worst = means.estimator().worstCase(now.request(), model);
        var over = means.accountant().tried(run, failed);
        BigDecimal most = now.request().constraints().maxCostUsd();
        if (most != null && run.triedUsd().add(over.costUsd()).add(worst).compareTo(most) > 0) {
            return Optional.empty();
        }
        Breakers.Permit leave = means.breakers().ask(model.id());
        if (leave == null) {
            return Optional.empty();
        }
        Optional<Run> next = Optional.empty();
        try {
            next = means.ledger().next(run, over, now.on(model, new Estimate(now.estimate().inputTokens(),
                    means.estimator().maxOutput(now.request(), model), worst, worst)), Budget::allows);
        } catch (RuntimeException e) {
            LOG.warn("Request {} is not tried again, as the ledger can't note it: {}", now.request().id(), e.toString());
        } finally {
            if (next.isEmpty()) {
                leave.close();
            }
        }
        if (next.isEmpty()) {
            return Optional.empty();
        }
        permit = leave;
        run = next.get();
        LOG.info("Request {} failed at {} ({}) and is tried at {}", now.request().id(), over.model(),
                failed.failure().text(), model.id());
        return Optional.of(attempt());
    }

    private Duration left() {
        return means.patience().limit().minus(used);
    }

    private Attempt attempt() {
        return new Attempt(run, left());
    }

    @Override
    public void close() {
        if (permit != null) {
            permit.close();
        }
    }
}
