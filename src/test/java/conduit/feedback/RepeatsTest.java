package conduit.feedback;

import conduit.feedback.Asked.User;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against programs that are taken for people, and against work that grows with the square of a flood. */
class RepeatsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final User ANN = new User("p", "ann");

    private final Repeats repeats = new Repeats();

    private List<String> ask(String id, User user, double second, long similarity) {
        Instant at = NOON.plusMillis((long) (second * 1000));
        return repeats.of(new Asked(id, 1, user, similarity, at, at.plusMillis(500))).stream().map(Asked::id).toList();
    }

    @Test
    void theLastMomentOfFiveMinutesCountsAndTheNextDoesNot() {
        ask("a", ANN, 0, 0b1111);
        assertThat(ask("b", ANN, 300, 0)).containsExactly("a");
        assertThat(ask("c", ANN, 300.001, 0)).containsExactly("b");
    }

    @Test
    void fourBitsAreNearlyTheSameAndFiveAreNot() {
        ask("a", ANN, 0, 0b1111_0000);
        assertThat(ask("b", ANN, 10, 0b1111_1111)).containsExactly("a");
        assertThat(ask("c", ANN, 20, 0b1111_1111L << 8)).isEmpty();
        assertThat(ask("d", ANN, 30, 0b1_1111_1111_1111)).isEmpty();
    }

    @Test
    void whatIsAskedAtTheSameMomentIsNoRepeat() {
        ask("a", ANN, 0, 7);
        assertThat(ask("b", ANN, 0, 7)).isEmpty();
    }

    @Test
    void aSeriesOfTheSameIsAProgram() {
        List<String> blamed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            blamed.addAll(ask("i" + i, ANN, i * 10, 7));
        }
        assertThat(blamed.stream().distinct()).containsExactly("i0", "i1", "i2", "i3");
    }

    @Test
    void aFloodOfOneUserHidesNobodyElse() {
        User bot = new User("p", "bot");
        List<String> blamed = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> repeated = ask("i" + i, bot, i / 100.0, i % 50 == 0 ? 7 : i * 0x9e3779b97f4a7c15L);
            blamed.addAll(repeated);
        }
        assertThat(blamed.stream().distinct()).as("before it was a flood").containsExactly("i0");
        ask("a", ANN, 50, 7);
        assertThat(ask("b", ANN, 60, 7)).containsExactly("a");
        assertThat(ask("c", new User("q", "ann"), 61, 7)).isEmpty();
    }
}
