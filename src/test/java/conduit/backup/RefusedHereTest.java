package conduit.backup;

import conduit.ledger.RequestState;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.ledger.Desk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static conduit.backup.Home.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A ledger that was lost begins anew, and takes ids that the old one knew, before the backup is back. */
class RefusedHereTest {

    private static final Problem LIMIT = Problem.of(Kind.DAILY_LIMIT, "no room");

    /** What is known to be free here may not hide that the id was paid for, or may have been. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdThatWasRefusedHereIsWhatTheBackupKnowsOfIt(boolean h2) throws Exception {
        try (Home from = new Home(true); Home to = new Home(h2)) {
            from.answer("answered", "p", NOON);
            from.on.settle(Stores.failed(from.accept("paid", "p", NOON), false));
            from.accept("open", "p", NOON);
            from.on.ledger.refuse(Stores.routed("free", "p", "0.5", NOON).request(), LIMIT);
            for (String id : new String[] {"answered", "paid", "open", "free"}) {
                for (int i = 0; i < 2; i++) {
                    to.on.ledger.refuse(Stores.routed(id, "p", "0.5", NOON).request(), LIMIT);
                }
            }
            to.restore(from, from.backups.create(null).name());

            MergeTest.assertBooks(to);
            Desk desk = new Desk(to.on.requests, Duration.ZERO);
            assertThat(desk.admit(Stores.routed("answered", "p", "0.5", NOON).request())).as("the answer is there").isPresent();
            assertThatThrownBy(() -> desk.admit(Stores.routed("paid", "p", "0.5", NOON).request()))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("paid for");
            assertThat(to.on.requests.find("open").orElseThrow().state()).isEqualTo(RequestState.ACCEPTED);
            assertThat(to.on.requests.find("free").orElseThrow().run()).as("both free: as it is here").isEqualTo(2);
        }
    }

    /** The other way round: a later run of the backup that was free does not free one that was paid for here. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdThatWasPaidForHereIsNotFreedByALaterRun(boolean h2) throws Exception {
        try (Home from = new Home(true); Home to = new Home(h2)) {
            from.on.ledger.refuse(Stores.routed("paid", "p", "0.5", NOON).request(), LIMIT);
            from.on.ledger.refuse(Stores.routed("paid", "p", "0.5", NOON).request(), LIMIT);
            Run run = to.accept("paid", "p", NOON);
            to.on.settle(Stores.failed(run, false));
            to.restore(from, from.backups.create(null).name());

            MergeTest.assertBooks(to);
            assertThatThrownBy(() -> new Desk(to.on.requests, Duration.ZERO).admit(run.request()))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("paid for");
        }
    }
}
