package conduit.ledger;

import conduit.claude.Outcome.Failed;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.project.Project.CostLimits;
import conduit.request.LlmRequest;
import conduit.routing.Routed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Accepts runs and ends them: each in one transaction, so that a crash leaves a run accepted or ended. */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** What to do with a request that was paid for. */
    static final String ELSEWHERE = "To try again, send the request under another id.";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** After which a model that is not available is worth another try. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Requests requests;
    private final Spending spending;
    private final Rollup rollup;
    private final Attempts attempts;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Turns turns = new Turns(PATIENCE);

    public Ledger(JdbcClient jdbc, Requests requests, Spending spending, TransactionTemplate transaction,
                  Clock clock) {
        this.jdbc = jdbc;
        this.requests = requests;
        this.spending = spending;
        this.rollup = new Rollup(jdbc);
        this.attempts = new Attempts(jdbc);
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Puts a request, its decision and its reservation on disk.
     *
     * @param chooser given the request with its project's limits of now and its sums, returns what to run, or throws
     *                the problem that it does not fit; nobody else changes the sums meanwhile
     */
    public Run accept(Routed routed, BiFunction<Routed, Spending.Sums, Routed> chooser) {
        String project = routed.project().id();
        return turns.take(project, () -> transaction.execute(status -> {
            LocalDate day = routed.at().toLocalDate();
            Spending.Sums sums = spending.lock(project, day);
            Routed fits = chooser.apply(underLimitsOfNow(routed), sums);
            int number = requests.next(fits.request(), RequestState.ACCEPTED, fits.project().storePrompts(), null,
                    fits.at().toInstant());
            Run run = new Run(fits, number, day);
            requests.decided(run);
            BigDecimal amount = fits.estimate().worstCaseUsd();
            jdbc.sql("insert into reservations values (?, ?, ?, ?, ?, 'held', ?)")
                    .params(run.request().id(), number, project, day, amount,
                            Requests.time(fits.at().toInstant())).update();
            spending.add(project, day, BigDecimal.ZERO, amount);
            return run;
        }));
    }

    /** The limits may have changed since it was decided; who waits for the lock must not go by the old ones. */
    private Routed underLimitsOfNow(Routed routed) {
        return jdbc.sql("select daily_limit, monthly_limit, cost_tracking from projects where id = ?")
                .param(routed.project().id()).query((row, i) -> routed.under(routed.project()
                        .limited(new CostLimits(row.getBigDecimal(1), row.getBigDecimal(2)), row.getBoolean(3))))
                .optional().orElse(routed);
    }

    /** Whether a project's limits have room for so much more, US dollars, beside these sums. */
    public interface Room {
        boolean has(Project project, Spending.Sums sums, BigDecimal more);
    }

    /**
     * Notes what became of a run's attempt and sets aside what the next one can cost, in one transaction: a crash leaves the
     * run at the one or at the other. What is set aside always covers what was spent and what can be.
     *
     * @param next the run's request with the next attempt's model and estimate
     * @return the run at its next attempt; nothing if the limits have no room for that, or the run was ended meanwhile
     */
    public Optional<Run> next(Run run, Tried over, Routed next, Room room) {
        String project = run.request().project();
        return turns.take(project, () -> transaction.execute(status -> {
            // In the order in which a run's end locks them.
            BigDecimal held = jdbc.sql("select amount from reservations where request_id = ? and run = ? and state = 'held' "
                    + "for update").params(run.request().id(), run.number()).query(BigDecimal.class).optional().orElse(null);
            if (held == null) {
                return Optional.<Run>empty();
            }
            BigDecimal needed = run.triedUsd().add(over.costUsd()).add(next.estimate().worstCaseUsd());
            BigDecimal more = needed.subtract(held).max(BigDecimal.ZERO);
            if (more.signum() > 0) {
                Spending.Sums sums = spending.lock(project, run.day());
                if (!room.has(underLimitsOfNow(next).project(), sums, more)) {
                    return Optional.<Run>empty();
                }
                jdbc.sql("update reservations set amount = amount + ? where request_id = ? and run = ?")
                        .params(more, run.request().id(), run.number()).update();
                spending.add(project, run.day(), BigDecimal.ZERO, more);
            }
            attempts.add(run, over, next, clock.instant());
            return Optional.of(run.next(over, next, held.add(more)));
        }));
    }

    /** Notes that a request failed before anything could run. Its prompt is not kept. */
    public void refuse(LlmRequest request, Problem problem) {
        transaction.executeWithoutResult(status -> requests.next(request, RequestState.FAILED, false, problem,
                clock.instant()));
    }

    /**
     * Ends a run: frees what was set aside, books what was spent. To be called in a transaction that also writes the
     * usage rows.
     *
     * @return false if the run was ended before; then nothing is to be written
     */
    public boolean settle(Completion completion) {
        Run run = completion.run();
        String id = run.request().id();
        Optional<BigDecimal> held = held(id, run.number());
        if (held.isEmpty()) {
            tellUnbooked(completion);
            return false;
        }
        spending.lock(run.request().project(), run.day());
        spending.add(run.request().project(), run.day(), completion.costUsd(), held.get().negate());
        if (completion.isAnswered()) {
            requests.end(id, run.number(), new Requests.Ending(RequestState.COMPLETED, Answer.of(completion).json(), null,
                    completion.costUsd()), clock.instant());
        } else {
            requests.end(id, run.number(), new Requests.Ending(RequestState.FAILED, null, problem(completion),
                    completion.costUsd()), clock.instant());
        }
        rollup.add(completion);
        if (!run.tried().isEmpty()) {
            attempts.add(run, completion.attempts().get(run.attempt() - 1), null, clock.instant());
        }
        return true;
    }

    /** An operator's word stands; but where it was "nothing was spent" and something was, somebody must know. */
    private void tellUnbooked(Completion completion) {
        Run run = completion.run();
        requests.find(run.request().id()).filter(stored -> stored.run() == run.number() && stored.mayRunAgain()
                && completion.costUsd().signum() > 0).ifPresent(stored -> LOG.error("Request {} was ended as free, and cost {} "
                + "USD on {} after all; this is in no bill here", stored.id(), completion.costUsd().toPlainString(),
                run.model().id()));
    }

    private Optional<BigDecimal> held(String id, int run) {
        Optional<BigDecimal> amount = jdbc.sql("select amount from reservations where request_id = ? and run = ? "
                + "and state in ('held', 'unknown') for update").params(id, run).query(BigDecimal.class).optional();
        jdbc.sql("update reservations set state = 'settled' where request_id = ? and run = ?").params(id, run).update();
        return amount;
    }

    /** Flags a run whose outcome can't be known; what was set aside stays so. */
    void flagUnknown(String id, int run) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.sql("update reservations set state = 'unknown' where request_id = ? and run = ? "
                    + "and state = 'held'").params(id, run).update() > 0) {
                requests.end(id, run, new Requests.Ending(RequestState.UNKNOWN, null, unknown(id), null),
                        clock.instant());
            }
        });
    }

    /**
     * Ends a run of which it is known that nothing was spent.
     *
     * @throws IllegalStateException if one of its attempts was paid for; it has to be settled
     */
    public void release(String id, int run, Problem problem) {
        transaction.executeWithoutResult(status -> {
            Map<String, Object> row = jdbc.sql("select project_id, booked_on from reservations where request_id = ? "
                    + "and run = ?").params(id, run).query().singleRow();
            held(id, run).ifPresent(amount -> {
                if (attempts.of(id, run).stream().anyMatch(one -> one.costUsd().signum() > 0)) {
                    throw new IllegalStateException("run " + run + " of request " + id + " was paid for and can't be freed");
                }
                String project = (String) row.get("project_id");
                LocalDate day = ((java.sql.Date) row.get("booked_on")).toLocalDate();
                // In the order in which everybody locks them, or two wait for each other.
                spending.lock(project, day);
                spending.add(project, day, BigDecimal.ZERO, amount.negate());
                requests.end(id, run, new Requests.Ending(RequestState.FAILED, null, problem, BigDecimal.ZERO),
                        clock.instant());
            });
        });
    }

    public static Problem unknown(String id) {
        return Problem.of(Kind.OUTCOME_UNKNOWN, "Conduit ended while this request ran, and what became of it can't be "
                + "known. Its cost stays set aside until an operator resolves it with POST /v1/requests/" + id
                + "/resolve.").with("requestId", id);
    }

    /** The problem of a failed run, as its sender is told. */
    public static Problem problem(Completion completion) {
        Failed failed = (Failed) completion.outcome();
        String said = failed.failure().sentence() + (failed.detail().isEmpty() ? "" : ": " + failed.detail());
        boolean estimated = completion.usage().stream().anyMatch(UsageRow::estimated);
        String paid = completion.costUsd().signum() == 0 ? "" : (estimated ? " It may have been" : " It was")
                + " paid for, and is not run again under this id. " + ELSEWHERE;
        Problem problem = Problem.of(failed.failure().kind(), said + (said.matches("(?s).*[.!?…]") ? "" : ".") + paid)
                .with("requestId", completion.run().request().id()).with("model", completion.run().model().id())
                .with("failure", failed.failure().text())
                .with("costUsd", completion.costUsd()).with("estimated", estimated ? true : null)
                .with("attempts", completion.attemptsTold());
        return failed.failure().kind() == Kind.MODEL_UNAVAILABLE
                ? problem.retryAfter(failed.again() == null ? MOMENT : failed.again()) : problem;
    }
}
