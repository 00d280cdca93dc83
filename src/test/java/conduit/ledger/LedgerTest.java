package conduit.ledger;

import conduit.Some;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.springframework.dao.DuplicateKeyException;

import java.math.BigDecimal;

import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.answered;
import static conduit.ledger.Stores.failed;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerTest {

    private static Spent day(Stores on, String project) {
        return on.spending.of(project, NOON.toLocalDate()).day();
    }

    private static void assertSums(Stores on, String project, String spent, String reserved) {
        assertThat(day(on, project).spent()).isEqualByComparingTo(spent);
        assertThat(day(on, project).reserved()).isEqualByComparingTo(reserved);
        Spent month = on.spending.of(project, NOON.toLocalDate()).month();
        assertThat(month.spent()).isEqualByComparingTo(spent);
        assertThat(month.reserved()).isEqualByComparingTo(reserved);
    }

    @OnEachDatabase
    void anAcceptedRunIsOnDiskWithDecisionAndReservation(Stores on) {
        Run run = on.accept(routed("l1", "l1", "0.25", NOON));

        assertThat(run.number()).isEqualTo(1);
        assertThat(run.key()).isEqualTo("l1~1");
        Requests.Stored stored = on.requests.find("l1").orElseThrow();
        assertThat(stored.state()).isEqualTo(RequestState.ACCEPTED);
        assertThat(stored.createdAt()).isEqualTo(NOON.toInstant());
        assertThat(on.requests.decision("l1", 1)).contains(run.decision());
        assertSums(on, "l1", "0", "0.25");
    }

    @OnEachDatabase
    void anAnswerSettlesOnce(Stores on) {
        Completion done = answered(on.accept(routed("l2", "l2", "0.25", NOON)), 1000);

        assertThat(on.settle(done)).isTrue();
        assertThat(on.settle(done)).isFalse();
        assertThat(done.costUsd()).isEqualByComparingTo("0.000501");
        assertSums(on, "l2", "0.000501", "0");
        assertThat(on.sum("select count(*) from usage_tracking where project_id = 'l2'")).isEqualByComparingTo("1");
        assertThat(on.requests.find("l2").orElseThrow().state()).isEqualTo(RequestState.COMPLETED);
        assertThat(on.sum("select total_tokens from usage_tracking where project_id = 'l2'"))
                .isEqualByComparingTo("1016");
    }

    @OnEachDatabase
    void aFailureOfKnownCostFreesAllAndMayRunAnew(Stores on) {
        assertThat(on.settle(failed(on.accept(routed("l3", "l3", "0.25", NOON)), true))).isTrue();
        assertSums(on, "l3", "0", "0");

        Run second = on.accept(routed("l3", "l3", "0.5", NOON));
        assertThat(second.number()).isEqualTo(2);
        on.settle(answered(second, 2));
        assertThat(on.requests.find("l3").orElseThrow().state()).isEqualTo(RequestState.COMPLETED);
        assertThat(on.requests.find("l3").orElseThrow().problem()).isNull();
    }

    @OnEachDatabase
    void aFailureOfUnknownCostBooksTheWorstCaseAsAnEstimate(Stores on) {
        on.settle(failed(on.accept(routed("l4", "l4", "0.25", NOON)), false));

        assertSums(on, "l4", "0.25", "0");
        assertThat(on.jdbc.sql("select estimated from usage_tracking where request_id = 'l4'").query(Boolean.class)
                .single()).isTrue();
    }

    @OnEachDatabase
    void anUnknownRunKeepsItsReservationUntilItIsResolved(Stores on) {
        Run run = on.accept(routed("l5", "l5", "0.25", NOON));
        on.ledger.flagUnknown("l5", 1);
        assertSums(on, "l5", "0", "0.25");
        assertThat(on.requests.find("l5").orElseThrow().state()).isEqualTo(RequestState.UNKNOWN);

        assertThat(on.settle(answered(run, 1000))).isTrue();
        assertSums(on, "l5", "0.000501", "0");
    }

    @OnEachDatabase
    void aReleasedRunSpentNothingAndStaysReleased(Stores on) {
        Run run = on.accept(routed("l6", "l6", "0.25", NOON));
        on.ledger.release("l6", 1, Problem.of(Kind.INTERNAL, "gone"));
        on.ledger.release("l6", 1, Problem.of(Kind.INTERNAL, "gone"));

        assertSums(on, "l6", "0", "0");
        assertThat(on.settle(answered(run, 5))).isFalse();
        assertThat(on.requests.find("l6").orElseThrow().problem()).contains("gone");
    }

    @OnEachDatabase
    void aRefusedRequestReservesNothing(Stores on) {
        on.ledger.refuse(routed("l7", "l7", "0.25", NOON).request(), Problem.of(Kind.DAILY_LIMIT, "too much"));

        assertSums(on, "l7", "0", "0");
        assertThat(on.requests.find("l7").orElseThrow().state()).isEqualTo(RequestState.FAILED);
        assertThat(on.accept(routed("l7", "l7", "0.25", NOON)).number()).isEqualTo(2);
    }

    @OnEachDatabase
    void whatTheChooserRefusesLeavesNoTrace(Stores on) {
        assertThat(Some.problem(() -> on.ledger.accept(routed("l8", "l8", "1", NOON), (asked, sums) -> {
            throw Problem.of(Kind.DAILY_LIMIT, "no").asException();
        })).kind()).isEqualTo(Kind.DAILY_LIMIT);
        assertThat(on.requests.find("l8")).isEmpty();
        assertSums(on, "l8", "0", "0");
    }

    @OnEachDatabase
    void anIdInHandIsNotAcceptedTwice(Stores on) {
        on.accept(routed("l9", "l9", "1", NOON));

        assertThatThrownBy(() -> on.accept(routed("l9", "l9", "1", NOON))).isInstanceOf(DuplicateKeyException.class);
        assertSums(on, "l9", "0", "1");
    }

    @OnEachDatabase
    void anEndedRunIsNotFlaggedAfterwards(Stores on) {
        on.settle(answered(on.accept(routed("l10", "l10", "1", NOON)), 5));
        on.ledger.flagUnknown("l10", 1);

        assertThat(on.requests.find("l10").orElseThrow().state()).isEqualTo(RequestState.COMPLETED);
    }

    @OnEachDatabase
    void aRunBelongsToTheDayOnWhichItWasDecided(Stores on) {
        var lastDay = NOON.withDayOfMonth(30).withHour(23).withMinute(59);
        on.settle(answered(on.accept(routed("l11", "l11", "1", lastDay)), 1000));

        assertThat(on.spending.of("l11", lastDay.toLocalDate()).day().spent()).isEqualByComparingTo("0.000501");
        assertThat(on.spending.of("l11", lastDay.toLocalDate().plusDays(1)).month().spent()).isZero();
        assertThat(on.spending.of("l11", NOON.toLocalDate()).month().spent()).isEqualByComparingTo("0.000501");
    }
}
