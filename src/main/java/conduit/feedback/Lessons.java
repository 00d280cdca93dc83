package conduit.feedback;

import conduit.bandit.Context;
import conduit.bandit.Usage;
import conduit.claude.Failure;
import conduit.claude.Outcome.Failed;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.learning.Judgement;
import conduit.ledger.Completion;
import conduit.ledger.Run;
import conduit.ledger.UsageRow;
import conduit.model.Catalogue;
import conduit.routing.Estimator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What the end of a booked run teaches, whatever anybody says of it. */
public final class Lessons {

    /** The model could not do what it was asked. What the API or the network failed to do says nothing of a model. */
    private static final Set<Failure> UNUSABLE = EnumSet.of(Failure.REFUSED, Failure.OUTPUT_LIMIT, Failure.NONSENSE);

    private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);
    /** Fewer than there are threads that book. */
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_MS = 250;

    private final BeliefLog log;
    private final ExperienceStore experiences;
    private final Catalogue catalogue;
    private final Estimator estimator;
    private final TransactionTemplate transaction;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public Lessons(BeliefLog log, ExperienceStore experiences, Catalogue catalogue, Estimator estimator,
                   TransactionTemplate transaction) {
        this.log = log;
        this.experiences = experiences;
        this.catalogue = catalogue;
        this.estimator = estimator;
        this.transaction = transaction;
    }

    /**
     * Learns from a run's end, which is booked.
     *
     * @throws IllegalStateException if those before it wait for the database: the next bill must not wait with them
     */
    public void learn(Completion completion) {
        if (!enter()) {
            throw new IllegalStateException(AT_ONCE + " others have waited for the database for long, and this is no bill");
        }
        try {
            transaction.executeWithoutResult(status -> apply(completion));
        } finally {
            places.release();
        }
    }

    private boolean enter() {
        try {
            return places.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return places.tryAcquire();
        }
    }

    /** Keeps what was learnt in a form that a start reads fast, and forgets what calls of contexts were like that are gone. */
    public void tidy() {
        log.tidy();
        Set<Context> cells = log.beliefs().cells().keySet();
        transaction.executeWithoutResult(status -> experiences.forgetAllBut(cells));
    }

    /** Keeps what was learnt at a stop. Where that fails, the next start reads more of the log, no more. */
    public void close() {
        try {
            transaction.executeWithoutResult(status -> log.close());
        } catch (RuntimeException e) {
            LOG.warn("What the bandit learnt last is in its log only: {}", e.toString());
        }
    }

    private void apply(Completion completion) {
        Run run = completion.run();
        Context context = Context.of(run.decision().category(), run.decision().tokenCount());
        if (completion.isAnswered()) {
            answered(completion, context);
        } else if (UNUSABLE.contains(((Failed) completion.outcome()).failure())) {
            String signal = ((Failed) completion.outcome()).failure().text();
            log.judge(new Judgement(run.request().id(), run.number(), run.model().id(), context, signal, 0, 1,
                    true));
        }
    }

    private void answered(Completion completion, Context context) {
        Run run = completion.run();
        Context held = log.beliefs().held(context);
        double baseline = estimator.expected(run.request(), catalogue.baseline(), context, experiences.experience())
                .doubleValue();
        experiences.learn(run.request().project(), held, run.model().id(), Usage.of(run.decision().tokenCount(),
                output(completion), completion.outcome().latencyMs(), baseline));
    }

    /** What the model wrote; where the bill names others only, such as itself with a date behind it, what they wrote. */
    private static long output(Completion completion) {
        List<UsageRow> rows = completion.lastUsage();
        List<UsageRow> own = rows.stream().filter(row -> row.model().equals(completion.run().model().id())).toList();
        return (own.isEmpty() ? rows : own).stream().mapToLong(row -> row.tokens().output()).sum();
    }
}
