package conduit.attempt;

import conduit.SettableClock;
import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Failure;
import conduit.claude.Failure.Verdict;
import conduit.claude.Listener;
import conduit.claude.Outcome;
import conduit.claude.Outcome.Answered;
import conduit.claude.Outcome.Failed;
import conduit.ledger.Accountant;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.model.Tokens;
import conduit.routing.Estimator;
import conduit.routing.Routed;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A run's attempts stay within its time, stop when nobody needs them, and leave no permission behind. */
class CourseTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock("2026-11-21T12:00:00Z");
    private final Breakers breakers = new Breakers(Some.CATALOGUE.ids(), new Breakers.Setting(5, Duration.ofSeconds(30)), clock);
    private final List<Duration> waits = new ArrayList<>();

    private static Failed failed(Failure failure, long millis) {
        return new Failed(failure, "said", List.of(), millis, true);
    }

    private Course course(Stores on, Run run, int retries, boolean waitsEnd, BooleanSupplier pointless) {
        Pause pause = (wait, stop) -> {
            waits.add(wait);
            return waitsEnd;
        };
        return new Course(new Means(on.ledger, new Accountant(Some.CATALOGUE), new Estimator(100), breakers,
                new Means.Patience(LIMIT, retries, new Backoff(Duration.ofSeconds(1), new SplittableRandom(1)), pause)), run, pointless);
    }

    private static Run run(Stores on) {
        String id = "course-" + UUID.randomUUID();
        Routed routed = Stores.routed(id, id, "0.25", Stores.NOON);
        return on.accept(new Routed(routed.request(), routed.project(), routed.model(), routed.decision(), routed.estimate(),
                List.of(), List.of(Some.CATALOGUE.find(SONNET).orElseThrow()), routed.at()));
    }

    @OnEachDatabase
    void allAttemptsAndWaitsTogetherHaveTheRequestsTime(Stores on) {
        Course course = course(on, run(on), 5, true, () -> false);
        assertThat(course.begin().orElseThrow().limit()).isEqualTo(LIMIT);

        Attempt second = course.judge(failed(Failure.SERVER_ERROR, 4_000)).orElseThrow();
        assertThat(second.limit()).isEqualTo(LIMIT.minusMillis(4_000).minus(waits.get(0)));

        assertThat(course.judge(failed(Failure.SERVER_ERROR, second.limit().toMillis() - 900))).as("less than a second is left").isEmpty();
        assertThat(course.outcome()).isInstanceOf(Failed.class);
        assertThat(course.run().attempt()).isEqualTo(2);
    }

    @OnEachDatabase
    void aStopEndsTheWaitAndTheRequestAsItWouldHave(Stores on) {
        Run run = run(on);
        boolean[] stopping = {false};
        Course course = course(on, run, 5, false, () -> {
            boolean now = stopping[0];
            stopping[0] = true;
            return now;
        });
        course.begin();
        assertThat(course.judge(failed(Failure.OVERLOADED, 5))).isEmpty();
        assertThat(waits).hasSize(1);
        assertThat(on.settle(new Accountant(Some.CATALOGUE).complete(course.run(), course.outcome()))).isTrue();
        assertThat(on.sum("select sum(reserved) + sum(spent) from spending where project_id = ?", run.request().project())).isZero();
    }

    @OnEachDatabase
    void whatAFollowerHasReadIsNotSaidAnew(Stores on) {
        Heard heard = new Heard(new Listener() {
            @Override
            public void text(String piece) {
                assertThat(piece).isEqualTo("Once upon");
            }

            @Override
            public boolean isGone() {
                return false;
            }
        });
        Course course = course(on, run(on), 5, true, heard::isPast);
        course.begin();
        heard.text("Once upon");
        assertThat(course.judge(failed(Failure.CUT_OFF, 5))).isEmpty();
        assertThat(waits).isEmpty();
    }

    @OnEachDatabase
    void whatMayHaveCostSomethingThatNobodyKnowsIsNotPaidForAgain(Stores on) {
        Course course = course(on, run(on), 5, true, () -> false);
        course.begin();
        assertThat(course.judge(new Failed(Failure.NETWORK, "reset", List.of(), 5, false))).isEmpty();
    }

    @OnEachDatabase
    void whatIsSetAsideAlwaysCoversWhatWasSpentAndCanBe(Stores on) {
        Run run = run(on);
        Course course = course(on, run, 1, true, () -> false);
        course.begin();
        Billed billed = new Billed(HAIKU, Tokens.of(10, 1_000), BigDecimal.ZERO);
        Attempt second = course.judge(new Failed(Failure.CUT_OFF, "said", List.of(billed), 5, true)).orElseThrow();
        assertThat(second.run().setAside()).isEqualByComparingTo(new BigDecimal("0.000501")
                .add(second.run().routed().estimate().worstCaseUsd()).max(new BigDecimal("0.25")));
        Attempt third = course.judge(new Failed(Failure.CUT_OFF, "said", List.of(billed), 5, true)).orElseThrow();
        assertThat(third.model().id()).isEqualTo(SONNET);
        assertThat(on.sum("select amount from reservations where request_id = ?", run.request().id()))
                .isEqualByComparingTo(third.run().setAside())
                .isGreaterThanOrEqualTo(new BigDecimal("0.001002").add(third.run().routed().estimate().worstCaseUsd()));
        assertThat(course.judge(new Answered("Hi", List.of(new Billed(SONNET, Tokens.of(10, 10), BigDecimal.ZERO)), 5, "s"))).isEmpty();
        var done = new Accountant(Some.CATALOGUE).complete(course.run(), course.outcome());
        assertThat(on.settle(done)).isTrue();
        assertThat(done.isOverrun()).isFalse();
        assertThat(on.spending.of(run.request().project(), Stores.NOON.toLocalDate()).day().reserved()).isZero();
        assertThat(on.spending.of(run.request().project(), Stores.NOON.toLocalDate()).day().spent())
                .isEqualByComparingTo(done.costUsd());
    }

    @OnEachDatabase
    void aProbeThatIsNotMadeIsGivenBack(Stores on) {
        Windows.fail(breakers, HAIKU, 5);
        clock.tick(Duration.ofSeconds(30));
        Course broken = course(on, run(on), 0, true, () -> false);
        assertThat(broken.begin().orElseThrow().model().id()).isEqualTo(HAIKU);
        assertThat(breakers.ask(HAIKU)).as("one probe at a time").isNull();
        broken.close();
        broken.close();
        assertThat(breakers.ask(HAIKU)).as("the next one may").isNotNull();
    }

    @Test
    void aModelIsLeftAloneForItsPauseAndThenProbed() {
        Windows.clear(breakers, HAIKU);
        Windows.fail(breakers, HAIKU, 4);
        assertThat(breakers.state(HAIKU)).as("four of the last ten").isEqualTo("closed");
        Windows.fail(breakers, HAIKU, 1);
        assertThat(breakers.state(HAIKU)).isEqualTo("open");
        assertThat(breakers.open()).containsExactly(HAIKU);
        assertThat(breakers.left(HAIKU)).isEqualTo(Duration.ofSeconds(30));
        clock.tick(Duration.ofSeconds(29));
        assertThat(breakers.ask(HAIKU)).isNull();
        clock.tick(Duration.ofSeconds(1));
        assertThat(breakers.state(HAIKU)).isEqualTo("half-open");
        assertThat(breakers.open()).isEmpty();
        breakers.ask(HAIKU).tell(Verdict.FAILURE, Failure.OVERLOADED);
        assertThat(breakers.left(HAIKU)).as("anew").isEqualTo(Duration.ofSeconds(30));
        clock.tick(Duration.ofSeconds(30));
        breakers.ask(HAIKU).tell(Verdict.SUCCESS, null);
        assertThat(breakers.state(HAIKU)).isEqualTo("closed");
        Windows.fail(breakers, HAIKU, 4);
        assertThat(breakers.state(HAIKU)).as("its window begins anew").isEqualTo("closed");
    }

    @Test
    void waitsAreByLotWithinABoundThatDoubles() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), new SplittableRandom(7));
        assertThat(List.of(backoff.bound(1), backoff.bound(2), backoff.bound(5), backoff.bound(9), backoff.bound(1_000)))
                .extracting(Duration::toMillis).containsExactly(500L, 1_000L, 8_000L, 8_000L, 8_000L);
        double mean = 0;
        for (int i = 0; i < 1_000; i++) {
            long wait = backoff.before(3).toMillis();
            assertThat(wait).isBetween(0L, 2_000L);
            mean += wait / 1_000.0;
        }
        assertThat(mean).as("full jitter, not a half").isBetween(900.0, 1_100.0);
    }

    /** A whole one with an answer. */
    @OnEachDatabase
    void anAnswerEndsIt(Stores on) {
        Course course = course(on, run(on), 2, true, () -> false);
        course.begin();
        Outcome answer = new Answered("Hi", List.of(), 5, "s");
        assertThat(course.judge(answer)).isEmpty();
        assertThat(course.outcome()).isSameAs(answer);
        assertThat(breakers.failed(HAIKU)).isZero();
    }
}
