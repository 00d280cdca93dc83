package conduit.evaluation;

import conduit.bandit.Candidate;
import conduit.bandit.Context;
import conduit.bandit.Terms;
import conduit.evaluation.Traffic.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Estimates of other policies against what they would truly have reached. Guards against weights without the propensities
 * (which would tell the recorded quality again), an interval that promises too much, and silence where the record says
 * little.
 */
class DoublyRobustTest {

    private static final int RECORDS = 5_000;
    private static final double FLOOR = 0.05;
    private static final double BAR = 0.015;

    /** How estimates of one policy did in many runs. */
    private record Score(double error, double costError, double covered, double effective, double apart) {

        static Score of(Traffic traffic, Target target, List<List<Seen>> runs) {
            double squares = 0;
            double costSquares = 0;
            double covered = 0;
            double effective = 0;
            double apart = 0;
            for (List<Seen> seen : runs) {
                Evaluation evaluation = DoublyRobust.evaluate(seen.stream().map(Seen::logged).toList(), target);
                double[] truth = Traffic.truth(seen, target);
                Estimate quality = evaluation.quality();
                squares += Math.pow(quality.value() - truth[0], 2) / runs.size();
                costSquares += Math.pow(evaluation.costUsd().value() / truth[1] - 1, 2) / runs.size();
                covered += quality.low() <= truth[0] && truth[0] <= quality.high() ? 1.0 / runs.size() : 0;
                effective += evaluation.effectiveSampleSize() / runs.size();
                apart += Math.abs(evaluation.recordedQuality() - truth[0]) / runs.size();
            }
            return new Score(Math.sqrt(squares), Math.sqrt(costSquares), covered, effective, apart);
        }
    }

    private static List<List<Seen>> runs(Traffic traffic, int count) {
        List<List<Seen>> runs = new ArrayList<>();
        for (int run = 0; run < count; run++) {
            runs.add(traffic.record(RECORDS, FLOOR, 1.75, 100 + run));
        }
        return runs;
    }

    @Test
    void anotherPriceOfQualityAndTheBaselineAreToldWithinTheBar() {
        Traffic traffic = Traffic.made(7);
        List<List<Seen>> runs = runs(traffic, 6);
        for (Target target : List.of(new Target.Sampler(0.1), new Target.Largest("large"))) {
            Score score = Score.of(traffic, target, runs);
            assertThat(score.error()).as("RMSE of %s", target).isLessThanOrEqualTo(BAR);
            assertThat(score.costError()).as("relative RMSE of the cost of %s", target).isLessThanOrEqualTo(BAR);
            assertThat(score.covered()).as("intervals of %s that hold the truth", target).isGreaterThanOrEqualTo(0.8);
        }
        Score cheapest = Score.of(traffic, new Target.Cheapest(), runs);
        assertThat(cheapest.error()).as("of a policy that the bandit hardly ever follows: a lot is 83 records in 5,000")
                .isLessThanOrEqualTo(0.04).isLessThan(cheapest.apart() / 2);
    }

    /** The long version: {@code -Dreplay.folder=} names the folder of A_tiers3.csv. */
    @Test
    @EnabledIfSystemProperty(named = "replay.folder", matches = ".+")
    void theSameOnRealOutcomes() throws Exception {
        Traffic traffic = Traffic.of(Path.of(System.getProperty("replay.folder"), "A_tiers3.csv"));
        List<List<Seen>> runs = runs(traffic, 40);
        for (Target target : List.of(new Target.Sampler(null), new Target.Sampler(0.0), new Target.Sampler(0.02),
                new Target.Sampler(0.08), new Target.Sampler(0.2), new Target.Largest("opus3"), new Target.One("sonnet3"),
                new Target.Cheapest())) {
            Score score = Score.of(traffic, target, runs);
            System.out.printf("%-24s RMSE %.4f, of cost %.4f, held %.2f, worth %.0f%n", target, score.error(), score.costError(),
                    score.covered(), score.effective());
            boolean near = target instanceof Target.Sampler || target instanceof Target.Largest;
            assertThat(score.error()).as("RMSE of %s", target).isLessThanOrEqualTo(near ? BAR : 0.04);
            assertThat(score.covered()).isGreaterThanOrEqualTo(0.8);
        }
    }

    private static Logged logged(int i, double propensityOfA, boolean a, double reward) {
        return new Logged(new Context("general", "short"), List.of(
                new Candidate("a", .5, .5, new BigDecimal("0.001"), propensityOfA, 1, 1),
                new Candidate("b", .5, .5, new BigDecimal("0.01"), 1 - propensityOfA, 1, 1)),
                Terms.plain(0.04, 0.01), a ? "a" : "b", reward, a ? 0.002 : 0.02);
    }

    /** By hand: a is right in 1 of 2, b in all; a was asked 4 of 5 times. */
    private static List<Logged> known(int count) {
        List<Logged> logged = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean a = i % 5 != 0;
            logged.add(logged(i, 0.8, a, a ? i / 5 % 2 : 1));
        }
        return logged;
    }

    @Test
    void whatIsKnownByHandComesOut() {
        Evaluation a = DoublyRobust.evaluate(known(1_000), new Target.One("a"));
        assertThat(a.quality().value()).isEqualTo(0.5, within(1e-3));
        assertThat(a.costUsd().value()).as("twice what was expected").isEqualTo(0.002, within(1e-5));
        assertThat(a.recordedQuality()).isEqualTo(0.6, within(1e-9));
        assertThat(a.effectiveSampleSize()).isEqualTo(800, within(1e-6));
        assertThat(a.warnings()).isEmpty();
        Evaluation b = DoublyRobust.evaluate(known(1_000), new Target.Largest("b"));
        assertThat(b.quality().value()).isEqualTo(1, within(0.02));
        assertThat(b.quality().high() - b.quality().low()).as("nothing varies").isLessThan(0.1);
        assertThat(DoublyRobust.evaluate(known(1_000), new Target.Cheapest()).quality()).isEqualTo(a.quality());
    }

    @Test
    void smallPropensitiesAndFewRecordsAreWarnedOfWithTheWayOut() {
        List<Logged> logged = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            logged.add(logged(i, 0.999, i != 7, 1));
        }
        Evaluation b = DoublyRobust.evaluate(logged, new Target.One("b"));
        assertThat(b.unsupported()).isEqualTo(1);
        assertThat(b.warnings()).hasSize(2).allMatch(w -> w.contains("conduit.bandit.uniform=0.05"));
        Evaluation never = DoublyRobust.evaluate(logged.subList(10, 100), new Target.One("b"));
        assertThat(never.quality().low()).isNull();
        assertThat(never.effectiveSampleSize()).isZero();
    }

    @Test
    void whereAModelWasNoCandidateTheRecordIsLeftOut() {
        List<Logged> logged = new ArrayList<>(known(100));
        Logged one = logged.get(1);
        logged.set(1, new Logged(one.context(), one.candidates().subList(0, 1), one.terms(), "a", 1, 0.002));
        assertThat(DoublyRobust.evaluate(logged, new Target.One("b")).leftOut()).isEqualTo(1);
        assertThat(DoublyRobust.evaluate(logged, new Target.Largest("b")).leftOut()).as("the dearest serves").isZero();
        assertThatThrownBy(() -> DoublyRobust.evaluate(logged, new Target.One("c"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of 100");
        assertThatThrownBy(() -> DoublyRobust.evaluate(List.of(), new Target.One("c"))).hasMessageContaining("no judged choice");
        assertThat(DoublyRobust.evaluate(known(1), new Target.One("b")).records()).as("one alone").isEqualTo(1);
    }
}
