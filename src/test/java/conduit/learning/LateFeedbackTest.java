package conduit.learning;

import conduit.Some;
import conduit.feedback.Feedback;
import conduit.feedback.FeedbackStore;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import conduit.problem.Problem;

import java.time.Clock;
import java.time.Duration;

import static conduit.ledger.Stores.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** Feedback is welcome for seven days; then it is refused, with the reason. */
class LateFeedbackTest {

    private static FeedbackStore after(Stores on, Duration age) {
        return new FeedbackStore(on.jdbc, on.transaction, on.requests, on.beliefs,
                Clock.offset(Stores.CLOCK, age));
    }

    private static Feedback feedback(String id, String value) {
        return Feedback.parse("{\"requestId\":\"" + id + "\",\"signal\":\"quality\",\"value\":" + value + "}");
    }

    @OnEachDatabase
    void lateFeedbackCountsForSevenDays(Stores on) {
        Learning node = new Learning(on);
        String id = Learning.id();
        on.settle(Stores.answered(on.accept(Stores.routed(id, id, "0.5", NOON)), 10));
        after(on, Duration.ofDays(7)).take(feedback(id, "0.5"));
        assertThat(node.kinds(id)).containsExactly("judged");

        Problem problem = Some.problem(() -> after(on, Duration.ofDays(7).plusMillis(1)).take(feedback(id, "1")));
        assertThat(problem.detail()).contains(id, "2026-11-21T12:00:00Z", "too long ago", "7 days");
        assertThat(problem.more()).containsEntry("field", "requestId");
        assertThat(node.kinds(id)).as("nothing moved").containsExactly("judged");
        assertThat(on.sum("select reward from feedback where request_id = ?", id)).isEqualByComparingTo("0.5");
    }
}
