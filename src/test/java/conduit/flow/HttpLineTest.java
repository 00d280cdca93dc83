package conduit.flow;

import conduit.claude.Places;
import conduit.problem.Kind;
import conduit.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Callers of some projects leave room for those of others, and all together never take more workers than there are. */
class HttpLineTest {

    private static int enter(HttpLine line, String project, int times) {
        int entered = 0;
        for (int i = 0; i < times; i++) {
            if (catchThrowableOfType(ProblemException.class, () -> line.enter(project)) == null) {
                entered++;
            }
        }
        return entered;
    }

    @Test
    void eachProjectHasItsOwnNumberAndLeavingGivesItBack() {
        HttpLine line = new HttpLine(new Places(2), 3);
        assertThat(enter(line, "a", 9)).isEqualTo(5);
        assertThat(enter(line, "b", 9)).isEqualTo(5);
        ProblemException full = catchThrowableOfType(ProblemException.class, () -> line.enter("a"));
        assertThat(full.problem().kind()).isEqualTo(Kind.SATURATED);
        assertThat((Long) full.problem().more().get("retryAfterSeconds")).isBetween(1L, 60L);
        line.leave("a");
        assertThat(enter(line, "a", 9)).isEqualTo(1);
    }

    /** A stranger who invents projects must not get all workers either. */
    @ParameterizedTest
    @CsvSource({"4, 32", "1, 0", "4, 10000", "1000, 0"})
    void inAllThereAreNeverMoreThanTheWorkersAreSizedFor(int concurrency, int length) {
        HttpLine line = new HttpLine(new Places(concurrency), length);
        int each = concurrency + length;
        int full = 0;
        for (int project = 0; project < 10; project++) {
            full += enter(line, "p" + project, each);
        }
        assertThat(full).isGreaterThanOrEqualTo(each);
        assertThatCode(() -> line.enter("late")).doesNotThrowAnyException();
        int invented = 0;
        for (int project = 0; project < 1_000; project++) {
            invented += enter(line, "invented" + project, 2);
        }
        assertThat(full + 1 + invented).isEqualTo(HttpLine.most(concurrency, length));
    }
}
