package conduit.feedback;

import conduit.ledger.ModelStates;
import conduit.ledger.RequestState;
import conduit.ledger.Requests;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps one judgement an answer and moves the posterior of the model that gave it. */
public final class FeedbackStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Requests requests;
    private final ModelStates states;
    private final Clock clock;

    public FeedbackStore(JdbcClient jdbc, TransactionTemplate transaction, Requests requests, ModelStates states,
                         Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requests = requests;
        this.states = states;
        this.clock = clock;
    }

    /**
     * Takes a judgement in: the first one is added, the same again changes nothing, another replaces the former.
     *
     * @return the model that was judged
     * @throws conduit.problem.ProblemException if there is no such request or it has no answer
     */
    public String take(Feedback feedback) {
        try {
            return transaction.execute(status -> apply(feedback));
        } catch (DuplicateKeyException e) {
            return transaction.execute(status -> apply(feedback));
        }
    }

    private String apply(Feedback feedback) {
        String model = judged(feedback.requestId());
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Optional<Double> former = jdbc.sql("select reward from feedback where request_id = ? for update")
                .param(feedback.requestId()).query(Double.class).optional();
        if (former.isEmpty()) {
            jdbc.sql("insert into feedback values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(feedback.requestId(), model, feedback.signal(), feedback.value(), feedback.reward(),
                            feedback.comment(), now, now).update();
            states.change(model, belief -> belief.observe(feedback.reward()));
        } else {
            jdbc.sql("update feedback set signal = ?, signal_value = ?, reward = ?, remark = ?, updated_at = ? "
                            + "where request_id = ?")
                    .params(feedback.signal(), feedback.value(), feedback.reward(), feedback.comment(), now,
                            feedback.requestId()).update();
            if (former.get() != feedback.reward()) {
                states.change(model, belief -> belief.replace(former.get(), feedback.reward()));
            }
        }
        return model;
    }

    private String judged(String id) {
        Requests.Stored stored = requests.find(id).orElseThrow(() -> Problem.of(Kind.NOT_FOUND,
                "There is no request \"" + id + "\".").with("field", "requestId").asException());
        if (stored.state() != RequestState.COMPLETED) {
            throw Problem.field("requestId", "The request \"" + id + "\" has no answer that could be judged: it is "
                    + stored.state().text() + ".").asException();
        }
        return requests.decision(id, stored.run()).orElseThrow().model();
    }
}
