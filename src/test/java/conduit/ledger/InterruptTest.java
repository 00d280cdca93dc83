package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import conduit.ledger.OnEachDatabase.Databases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A stop that takes too long interrupts those who wait for their turn; the others still book what they spent. */
class InterruptTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatIsInterruptedDoesNotTakeTheLedgerAwayFromTheOthers(boolean h2) {
        try (HikariDataSource source = Databases.fresh(h2)) {
            Stores on = new Stores(source, new Gate(source));
            Run run = on.accept(Stores.routed("runs", "p", "1", Stores.NOON));
            Thread.currentThread().interrupt();
            on.accept(Stores.routed("waited", "p", "1", Stores.NOON));
            assertThat(Thread.interrupted()).as("who stops it still sees that it is stopped").isTrue();

            assertThat(on.settle(Stores.answered(run, 10))).isTrue();
            assertThat(Thread.interrupted()).isFalse();
            assertThat(on.requests.find("runs").orElseThrow().state()).isEqualTo(RequestState.COMPLETED);
        }
    }
}
