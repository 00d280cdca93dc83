package conduit.api;

import conduit.Some;
import conduit.problem.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Guards the server against many long readings at once, and against a place that a failure never gives back. */
class AloneTest {

    @Test
    void aSecondOneIsSentAwayAndAFailureGivesThePlaceBack() {
        Alone alone = new Alone();
        alone.run("evaluation", () -> {
            var problem = Some.problem(() -> alone.run("evaluation", () -> 1));
            assertThat(problem.kind()).isEqualTo(Kind.SATURATED);
            assertThat(problem.detail()).startsWith("Another evaluation runs");
            return 1;
        });
        assertThatThrownBy(() -> alone.run("evaluation", () -> {
            throw new IllegalStateException("x");
        })).hasMessage("x");
        assertThat(alone.<Integer>run("evaluation", () -> 2)).isEqualTo(2);
    }
}
