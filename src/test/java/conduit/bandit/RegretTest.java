package conduit.bandit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What learning costs. A sampler that explores too much or too little, draws from the wrong distribution or forgets too
 * fast or too slowly falls out of these bounds. They hold for 2,000 runs (profile "bars"); fewer are given three
 * standard errors more.
 */
class RegretTest {

    private static final int ALL_RUNS = 2_000;
    private static final int RUNS = Integer.getInteger("bars.runs", 40);
    private static final double REST = 1.5;
    private static final Arms THREE = Arms.steady(.9, .8, .7);
    private static final Arms TEN = Arms.steady(.9, .8, .8, .8, .7, .7, .7, .6, .6, .6);

    static Stream<Arguments> bounds() {
        return Stream.of(
                arguments("three", THREE, 15.6, 18.0),
                arguments("close", Arms.steady(.92, .9, .85), 28.9, 33.1),
                arguments("five", Arms.steady(.9, .8, .75, .7, .6), 28.7, 31.6),
                arguments("ten", TEN, 62.2, 65.9),
                arguments("the best falls", THREE.discounting(.999, 0).changingTo(.6, .8, .7), 0, 220),
                arguments("the worst rises", THREE.discounting(.999, 0).changingTo(.9, .8, .98), 0, 90),
                arguments("nothing changes", THREE.discounting(.999, 0), 0, 76),
                arguments("the best falls, hopeless ones rest",
                        THREE.discounting(.999, REST).changingTo(.6, .8, .7), 0, 220),
                arguments("the worst rises, hopeless ones rest",
                        THREE.discounting(.999, REST).changingTo(.9, .8, .98), 0, 90),
                arguments("nothing changes, hopeless ones rest", THREE.discounting(.999, REST), 0, 76),
                arguments("late", THREE.delayed(100), 0, 24),
                arguments("ten, late", TEN.delayed(100), 0, 80),
                arguments("in batches", THREE.inBatches(100), 0, 22));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void regretLiesWithinItsBounds(String name, Arms arms, double low, double high) {
        double[] regret = arms.regret(RUNS, 1);
        double slack = RUNS >= ALL_RUNS ? 0 : 3 * regret[1];
        System.out.printf("regret, %-36s %6.2f +- %.2f of %d runs, bounds %.1f to %.1f%n", name, regret[0], regret[1],
                RUNS, low, high);
        assertThat(regret[0]).isBetween(low - slack, high + slack);
    }
}
