package conduit.feedback;

import conduit.Some;
import conduit.ledger.Ledger;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.OneAtATime;
import conduit.ledger.Requests;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.routing.Routed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static conduit.feedback.Questions.LONG;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards against answers that are blamed twice, for another's question, or not at all. */
class RepeatWatchTest {

    private static final String AGAIN = LONG + " Thanks!";

    @OnEachDatabase
    void theEarlierAnswerIsBlamedALittleOnceWhoeverLooksHoweverOften(Stores on) {
        Questions questions = new Questions(on, "again", "2031-01-01T12:00:00Z");
        questions.answered("a", "ann", LONG);
        questions.after(60);
        questions.answered("b", "ann", AGAIN);
        questions.after(5);
        questions.watch().look();
        questions.after(10);
        questions.watch().look();
        questions.store.scannedTo(questions.now().minus(Duration.ofHours(1)));
        questions.watch().look();
        assertThat(questions.judged()).containsExactly("a repeated 0.0 x 0.2");
        assertThat(questions.counted()).containsExactly("a x 0.2");
        assertThat(questions.lines()).isEqualTo(1);
    }

    @OnEachDatabase
    void ofThreeTheFirstTwoAreBlamed(Stores on) {
        Questions questions = new Questions(on, "three", "2031-01-02T12:00:00Z");
        for (String id : new String[] {"a", "b", "c"}) {
            questions.answered(id, "ann", LONG);
            questions.watch().look();
            questions.after(30);
        }
        assertThat(questions.judged()).containsExactly("a repeated 0.0 x 0.2", "b repeated 0.0 x 0.2");
    }

    @OnEachDatabase
    void nobodyIsBlamedForWhatIsNoRepeat(Stores on) {
        Questions questions = new Questions(on, "none", "2031-01-03T12:00:00Z");
        questions.answered("other-user", "bob", LONG);
        questions.answered("no-user", null, LONG);
        questions.end(Stores.answered(questions.ask("other-project", "none-2", "ann", LONG), 5));
        questions.answered("other-question", "ann", "How many wheels has a cargo bicycle, and how heavy is it?");
        Run failed = questions.ask("failed", "ann", LONG);
        questions.end(Stores.failed(failed, true));
        Run slow = questions.ask("slow", "ann", LONG);
        questions.after(30);
        questions.answered("now", "ann", LONG);
        questions.answered("no-user-2", null, LONG);
        questions.end(Stores.answered(slow, 5));
        questions.after(301);
        questions.answered("late", "ann", LONG);
        questions.watch().look();
        assertThat(questions.judged()).isEmpty();
        assertThat(questions.counted()).isEmpty();
    }

    @OnEachDatabase
    void anIdThatIsSentAgainRepeatsNothing(Stores on) {
        Questions questions = new Questions(on, "resent", "2031-01-04T12:00:00Z");
        Run first = questions.ask("a", "ann", LONG);
        on.ledger.release(first.request().id(), first.number(), Problem.of(Kind.MODEL_UNAVAILABLE, "away"));
        questions.after(5);
        questions.answered("b", "ann", LONG);
        questions.after(5);
        questions.answered("a", "ann", LONG);
        questions.watch().look();
        assertThat(questions.judged()).isEmpty();
        assertThat(on.jdbc.sql("select run, similarity from requests where id = 'resenta'").query().singleRow())
                .containsEntry("run", 2).doesNotContainValue(null);
    }

    @OnEachDatabase
    void anExplicitWordReplacesTheGuessAndIsNeverReplacedByIt(Stores on) {
        Questions questions = new Questions(on, "said", "2031-01-05T12:00:00Z");
        questions.askedAgain(10);
        questions.say("b", 0.75);
        questions.after(10);
        questions.answered("c", "ann", LONG);
        questions.watch().look();
        questions.say("a", 1);
        assertThat(questions.judged()).containsExactly("a quality 1.0 x 1.0", "b quality 0.75 x 1.0");
        assertThat(questions.counted()).hasSize(2);
        questions.after(10);
        questions.watch().look();
        assertThat(questions.judged()).containsExactly("a quality 1.0 x 1.0", "b quality 0.75 x 1.0");
    }

    @OnEachDatabase
    void whatCameWhileNobodyLookedIsFoundUpToAWeekLater(Stores on) {
        Questions questions = new Questions(on, "down", "2031-01-06T12:00:00Z");
        questions.askedAgain(10);
        questions.clock.tick(Duration.ofDays(6));
        questions.watch().look();
        assertThat(questions.judged()).containsExactly("a repeated 0.0 x 0.2");
        assertThat(questions.store.scannedTo()).isEqualTo(questions.now());
    }

    @OnEachDatabase
    void aClockThatIsPutBackHidesNothing(Stores on) {
        Questions questions = new Questions(on, "back", "2031-02-06T12:00:00Z");
        questions.watch().look();
        questions.clock.tick(Duration.ofDays(-10));
        questions.askedAgain(10);
        questions.watch().look();
        assertThat(questions.judged()).containsExactly("a repeated 0.0 x 0.2");
    }

    @OnEachDatabase
    void anAnswerThatIsBookedAMomentLaterIsStillFound(Stores on) {
        Questions questions = new Questions(on, "booked", "2031-01-07T12:00:00Z");
        Run first = questions.ask("a", "ann", LONG);
        questions.clock.tick(Duration.ofMillis(1500));
        Run second = questions.ask("b", "ann", LONG);
        questions.watch().look();
        questions.clock.tick(Duration.ofMillis(500));
        questions.end(Stores.answered(first, 5));
        questions.end(Stores.answered(second, 5));
        questions.after(10);
        questions.watch().look();
        assertThat(questions.judged()).containsExactly("a repeated 0.0 x 0.2");
    }

    @OnEachDatabase
    void oneUserCountsAtMostTenTimesADay(Stores on) {
        Questions questions = new Questions(on, "probe", "2031-01-08T00:00:00Z");
        for (int i = 10; i < 24; i++) {
            questions.answered("p" + i, "probe", LONG);
            questions.after(150);
            questions.watch().look();
        }
        assertThat(questions.counted()).hasSize(10);
        questions.after((int) Duration.ofDays(1).toSeconds());
        questions.answered("q", "probe", LONG);
        questions.after(150);
        questions.answered("r", "probe", LONG);
        questions.watch().look();
        assertThat(questions.counted()).hasSize(11).contains("q x 0.2");
    }

    @OnEachDatabase
    void theWeightIsLearntFromWhatIsSaidOfTheSameAnswers(Stores on) {
        Questions questions = new Questions(on, "weigh", "2031-01-09T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            String user = "user" + i;
            questions.answered("a" + i, user, LONG);
            questions.after(10);
            questions.answered("b" + i, user, LONG);
            questions.watch().look();
            questions.say("a" + i, 0.2);
            questions.say("b" + i, 0.8);
        }
        questions.feedback.take(new Feedback("weighb4", "regenerated", "true", 0, null));
        questions.answered("x", "eve", LONG);
        questions.after(10);
        questions.answered("y", "eve", LONG);
        questions.watch().look();
        double all = (5 * 0.2 + 4 * 0.8) / 9;
        assertThat(on.jdbc.sql("select weight from belief_log where request_id = 'weighx'").query(Double.class).single())
                .isEqualTo((20 * 0.2 + 5 * (1 - 0.2 / all)) / 25);
        assertThat(questions.counted()).contains("a0 x 0.2");
    }

    @OnEachDatabase
    void aWeightOfNothingLooksAtNothing(Stores on) {
        Questions questions = new Questions(on, "off", "2031-01-10T12:00:00Z");
        questions.askedAgain(10);
        new RepeatWatch(questions.store, new OneAtATime(OneAtATime.Work.REPEATS, null), new RepeatWeight(0),
                questions.clock).look();
        assertThat(questions.counted()).isEmpty();
    }

    @OnEachDatabase
    void whereNobodyLooksNoHashIsKept(Stores on) {
        Ledger ledger = new Ledger(on.jdbc, new Requests(on.jdbc, "node", false), on.spending, on.transaction, Stores.CLOCK);
        Routed plain = Stores.routed("unhashed", "unhashed", "0.01", Stores.NOON);
        ledger.accept(new Routed(Some.request("{'id':'unhashed','user':'ann','prompt':'" + LONG + "'}"), plain.project(),
                plain.model(), plain.decision(), plain.estimate(), List.of(), plain.at()), (asked, sums) -> asked);
        assertThat(on.jdbc.sql("select similarity from requests where id = 'unhashed'").query().singleRow())
                .containsEntry("similarity", null);
    }

    @OnEachDatabase
    void whoLooksAtTheSameMomentAsOthersAndAsSomebodySpeaksCountsOnce(Stores on) throws Exception {
        Questions questions = new Questions(on, "race", "2031-01-11T12:00:00Z");
        for (int i = 0; i < 8; i++) {
            questions.answered("a" + i, "user" + i, LONG);
            questions.answered("b" + i, "user" + i, LONG);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(Executors.callable(() -> questions.watch().look()));
        }
        tasks.add(Executors.callable(() -> {
            for (int i = 7; i >= 0; i -= 2) {
                questions.say("a" + i, 1);
            }
        }));
        for (Future<Object> done : threads.invokeAll(tasks)) {
            done.get();
        }
        threads.shutdown();
        questions.watch().look();
        assertThat(questions.counted()).hasSize(8);
        assertThat(questions.judged()).hasSize(8).filteredOn(one -> one.contains("quality 1.0 x 1.0")).hasSize(4);
        assertThat(on.beliefs.at(on.jdbc.sql("select version from belief_head").query(Long.class).single()).version())
                .as("the log has no gap").isPositive();
    }
}
