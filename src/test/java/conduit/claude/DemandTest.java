package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Too many would take memory and processors from the calls, too few would make them wait. */
class DemandTest {

    private static final long MINUTE = 60_000_000_000L;
    private static final long MB = 1L << 20;

    @Test
    void itIsTheMostCallsAtOnceOfTheLastMinutes() {
        Demand demand = new Demand(-7 * MINUTE);
        assertThat(demand.now(-7 * MINUTE)).as("the start counts as a call").isEqualTo(1);
        demand.called(3, -6 * MINUTE);
        demand.called(2, -3 * MINUTE);
        assertThat(demand.now(-3 * MINUTE)).isEqualTo(3);
        assertThat(demand.now(-2 * MINUTE)).isEqualTo(3);
        assertThat(demand.now(-MINUTE)).isEqualTo(2);
        assertThat(demand.now(3 * MINUTE)).isEqualTo(1);
        assertThat(demand.now(7 * MINUTE)).as("ten minutes after the last call").isZero();
    }

    @ParameterizedTest(name = "demand {0}, {1} there, room {2}, {3} MB: {4}")
    @CsvSource({
        "1, 0,  4, 8000, 1",
        "6, 1,  4, 8000, 4",
        "3, 0,  0, 8000, 0",
        "3, 2, -5, 8000, 0",
        "4, 0,  4,  600, 2",
        "4, 2,  4,  600, 4",
        "4, 1,  4,  200, 1",
        "0, 1,  4, 8000, 0"})
    void theSparesAreBoundedByPlacesAndMemory(int demand, int there, int room, long megabytes, int spares) {
        assertThat(Demand.spares(demand, there, room, megabytes * MB)).isEqualTo(spares);
    }
}
