package conduit.claude;

import conduit.claude.CliHealth.Change;
import conduit.claude.CliState.Fault;
import conduit.claude.CliState.Sound;
import conduit.claude.CliState.Unsound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** An alert for each check would bury the one that counts; none at all would hide a CLI that is gone. */
class CliHealthTest {

    private static final CliState SOUND = new Sound("2.1.330");
    private static final CliState GONE = new Unsound(Fault.MISSING, "it is gone");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final CliHealth health = new CliHealth();
    private Instant now = START;

    private Optional<Change> tick(CliState state) {
        now = now.plusSeconds(30);
        return health.checked(state, now);
    }

    private void call(Failure failure) {
        health.ended(failure == null ? new Outcome.Answered("yes", List.of(), 1, "s")
                : new Outcome.Failed(failure, "detail", List.of(), 1, true), now);
    }

    @Test
    void atTheStartOneFailureIsEnough() {
        assertThat(tick(GONE)).contains(new Change(false, "it is gone", START.plusSeconds(30)));
        assertThat(health.fault()).contains("it is gone");
    }

    @Test
    void laterItTakesTwoInARowAndIsToldOnce() {
        assertThat(tick(SOUND)).isEmpty();
        assertThat(tick(GONE)).as("one may be chance").isEmpty();
        assertThat(tick(SOUND)).isEmpty();
        assertThat(tick(GONE)).as("not in a row").isEmpty();
        assertThat(health.fault()).isEmpty();
        assertThat(tick(GONE)).contains(new Change(false, "it is gone", START.plusSeconds(120)));
        assertThat(tick(GONE)).isEmpty();
        assertThat(tick(new Unsound(Fault.UNKNOWN_VERSION, "too new"))).isEmpty();
        assertThat(health.fault()).as("the reason of today, not of the first failure").contains("too new");
        assertThat(tick(SOUND).map(Change::up)).contains(true);
        assertThat(health.fault()).isEmpty();
        assertThat(tick(SOUND)).isEmpty();
    }

    @Test
    void aWrongKeyIsToldByTheCallsAndForgottenWithTheFirstThatIsLetIn() {
        tick(SOUND);
        call(Failure.UNAUTHORISED);
        call(Failure.UNAUTHORISED);
        assertThat(tick(SOUND)).isEmpty();
        call(Failure.TIMED_OUT);
        call(Failure.UNAUTHORISED);
        Change down = tick(SOUND).orElseThrow();
        assertThat(down.up()).isFalse();
        assertThat(down.reason()).contains("unauthorised").contains("Check the API key");
        assertThat(down.since()).isEqualTo(START.plusSeconds(30));
        assertThat(tick(SOUND)).isEmpty();
        call(null);
        assertThat(tick(SOUND).map(Change::up)).contains(true);
    }

    @ParameterizedTest
    @EnumSource(value = Failure.class, names = {"RATE_LIMITED", "OVERLOADED", "REFUSED", "MODEL_MISSING", "BAD_REQUEST"})
    void aFailureThatNeedsAKeyThatHoldsIsProofThatItHolds(Failure failure) {
        tick(SOUND);
        call(Failure.NO_CREDIT);
        call(Failure.NO_CREDIT);
        call(failure);
        call(Failure.NO_CREDIT);
        assertThat(tick(SOUND)).isEmpty();
    }

    /** A balancer that leaves an unhealthy Conduit alone would wait for ever for the call that heals it. */
    @Test
    void theCallsVerdictLapsesWhereNoCallIsTried() {
        tick(SOUND);
        for (int i = 0; i < CliHealth.CALLS; i++) {
            call(Failure.NO_CREDIT);
        }
        assertThat(tick(SOUND).map(Change::up)).contains(false);
        now = now.plus(CliHealth.LAPSE).minusSeconds(61);
        assertThat(tick(SOUND)).isEmpty();
        assertThat(tick(SOUND).map(Change::up)).contains(true);
    }

    @Test
    void aCheckThatSucceedsDoesNotTalkAwayCallsThatFail() {
        tick(GONE);
        for (int i = 0; i < CliHealth.CALLS; i++) {
            call(Failure.NOT_STARTED);
        }
        assertThat(tick(SOUND)).isEmpty();
        assertThat(health.fault().orElseThrow()).contains("not-started");
    }

    /** "Not found" tells more than "not-started", and is known with the first check behind the calls. */
    @Test
    void whatTheCheckFindsIsToldInsteadOfWhatTheCallsSay() {
        tick(SOUND);
        Instant began = now;
        for (int i = 0; i < CliHealth.CALLS; i++) {
            call(Failure.NOT_STARTED);
        }
        assertThat(tick(GONE)).contains(new Change(false, "it is gone", began));
        assertThat(health.fault()).contains("it is gone");
    }

    @Test
    void whateverHappensChangesAlternateAndTheHealthIsWhatWasToldLast() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            CliHealth any = new CliHealth();
            List<Boolean> told = new ArrayList<>(List.of(true));
            Instant at = START;
            for (int step = 0; step < 200; step++) {
                at = at.plus(Duration.ofSeconds(random.nextInt(400)));
                if (random.nextBoolean()) {
                    Failure failure = Failure.values()[random.nextInt(Failure.values().length)];
                    any.ended(random.nextInt(4) == 0 ? new Outcome.Answered("yes", List.of(), 1, "s")
                            : new Outcome.Failed(failure, "", List.of(), 1, true), at);
                } else {
                    any.checked(random.nextInt(3) == 0 ? GONE : SOUND, at).ifPresent(change -> told.add(change.up()));
                    assertThat(any.fault().isEmpty()).as("seed %d", seed).isEqualTo(told.get(told.size() - 1));
                }
            }
            for (int i = 1; i < told.size(); i++) {
                assertThat(told.get(i)).as("seed %d, change %d", seed, i).isNotEqualTo(told.get(i - 1));
            }
        }
    }
}
