package conduit.project;

import conduit.Some;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutTest {

    private static Project at(String id, int rollout) {
        return new ProjectParser(Some.CATALOGUE).parse(id, "{\"defaultModel\":\"claude-opus-5-5\",\"rollout\":"
                + rollout + "}");
    }

    @Test
    void noneAndAllAreExact() {
        assertThat(IntStream.range(0, 10_000).filter(i -> at("p", 0).routes("user-" + i))).isEmpty();
        assertThat(IntStream.range(0, 10_000).filter(i -> !at("p", 100).routes("user-" + i))).isEmpty();
        assertThat(new ProjectParser(Some.CATALOGUE).parse("p", "{\"enabled\":false}").routes("u")).isFalse();
    }

    /** A share of 40,000 users stays within five standard errors, for consecutive and for random names. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 25, 50, 90, 99})
    void theShareOfUsersIsThePercentage(int percent) {
        Project project = at("p", percent);
        Random random = new Random(7);
        double bound = 5 * Math.sqrt(percent * (100.0 - percent) / 40_000);

        assertThat(100 * IntStream.range(0, 40_000).filter(i -> project.routes("user-" + i)).count() / 40_000.0)
                .isBetween(percent - bound, percent + bound);
        assertThat(100 * IntStream.range(0, 40_000).filter(i -> project.routes(Long.toHexString(random.nextLong())))
                .count() / 40_000.0).isBetween(percent - bound, percent + bound);
    }

    @Test
    void whoIsRoutedAtOnePercentageIsRoutedAtEveryHigherOne() {
        Project ten = at("p", 10);
        Project twenty = at("p", 20);

        assertThat(IntStream.range(0, 10_000).mapToObj(i -> "u" + i).filter(ten::routes)).isNotEmpty()
                .allMatch(twenty::routes);
    }

    @Test
    void projectsChooseTheirUsersIndependently() {
        Project one = at("one", 50);
        Project two = at("two", 50);
        long both = IntStream.range(0, 40_000).filter(i -> one.routes("u" + i) && two.routes("u" + i)).count();

        assertThat(both / 40_000.0).isBetween(0.24, 0.26);
    }
}
