package conduit.feedback;

import conduit.bandit.Context;
import conduit.learning.BeliefLog;
import conduit.learning.Judgement;
import conduit.ledger.RequestState;
import conduit.ledger.Attempts;
import conduit.ledger.Requests;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.routing.Decision;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Keeps what was said of each answer, the last word only, and lets the bandit know. */
public final class FeedbackStore {

    private static final Duration WELCOME = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Requests requests;
    private final Attempts attempts;
    private final BeliefLog log;
    private final Clock clock;

    /** @param model the one that answered, which need not be the one that was decided for */
    private record Judged(int run, Decision decision, String model) {
    }

    public FeedbackStore(JdbcClient jdbc, TransactionTemplate transaction, Requests requests, BeliefLog log,
                         Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requests = requests;
        this.attempts = new Attempts(jdbc);
        this.log = log;
        this.clock = clock;
    }

    /**
     * Takes a judgement in: the first one is added, the same again changes nothing, another replaces the former.
     *
     * @return the model that was judged
     * @throws conduit.problem.ProblemException if there is no such request, it has no answer, or that is too old
     */
    public String take(Feedback feedback) {
        try {
            return transaction.execute(status -> apply(feedback));
        } catch (DuplicateKeyException e) {
            return transaction.execute(status -> apply(feedback));
        }
    }

    private String apply(Feedback feedback) {
        Judged judged = judged(feedback.requestId());
        Decision decision = judged.decision();
        String model = judged.model();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        if (jdbc.sql("update feedback set signal = ?, signal_value = ?, reward = ?, remark = ?, updated_at = ? "
                        + "where request_id = ?")
                .params(feedback.signal(), feedback.value(), feedback.reward(), feedback.comment(), now,
                        feedback.requestId()).update() == 0) {
            jdbc.sql("insert into feedback values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(feedback.requestId(), model, feedback.signal(), feedback.value(),
                            feedback.reward(), feedback.comment(), now, now).update();
        }
        log.judge(new Judgement(feedback.requestId(), judged.run(), model,
                Context.of(decision.category(), decision.tokenCount()), feedback.signal(), feedback.reward(), 1, true));
        return model;
    }

    private Judged judged(String id) {
        Requests.Stored stored = requests.find(id).orElseThrow(() -> Problem.of(Kind.NOT_FOUND,
                "There is no request \"" + id + "\".").with("field", "requestId").asException());
        if (stored.state() != RequestState.COMPLETED) {
            throw Problem.field("requestId", "The request \"" + id + "\" has no answer that could be judged: it is "
                    + stored.state().text() + ".").asException();
        }
        if (stored.createdAt().plus(WELCOME).isBefore(clock.instant())) {
            throw Problem.field("requestId", "The request \"" + id + "\" is of " + stored.createdAt() + ", too long ago: "
                    + "an answer can be judged for " + WELCOME.toDays() + " days.").asException();
        }
        Decision decision = requests.decision(id, stored.run()).orElseThrow();
        return new Judged(stored.run(), decision, attempts.answeredBy(id, stored.run()).orElse(decision.model()));
    }
}
