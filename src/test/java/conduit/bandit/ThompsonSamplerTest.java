package conduit.bandit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Choices do what their terms say, and what they say of their own probability is true. */
class ThompsonSamplerTest {

    private static final List<Arm> ARMS = List.of(arm("cheap", 80, 20, 0.1), arm("fair", 88, 14, 1),
            arm("dear", 46, 6, 4));

    private static Arm arm(String name, double good, double bad, double cost) {
        return new Arm(name, new Posterior(good, bad, 0), BigDecimal.valueOf(cost));
    }

    /** Else an estimate from the record, which divides by them, is wrong. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0,", "0.04, 1, 0, 0,", "0.04, 1, 0.05, 1.5,", "0.04, 0.2, 0, 0,", "0.1, 0.1, 0.3, 1.5,",
            "0, 0.02, 0, 0, dear"})
    void propensitiesAreTheSharesOfChoices(double lambda, double exploration, double uniform, double rest,
                                              String leader) {
        Terms terms = new Terms(lambda, 4, exploration, uniform, rest, leader);
        Map<String, Long> chosen = new HashMap<>();
        LongStream.range(0, 20_000).forEach(seed -> chosen.merge(ThompsonSampler.choose(ARMS, terms, seed).model(), 1L,
                Long::sum));
        Choice choice = ThompsonSampler.choose(ARMS, terms, 1);
        assertThat(choice.candidates()).allSatisfy(candidate -> assertThat(candidate.propensity()).as(candidate.model())
                .isCloseTo(chosen.getOrDefault(candidate.model(), 0L) / 20_000.0, within(0.015)));
        assertThat(choice.candidates().stream().mapToDouble(Candidate::propensity).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theSameArgumentsGiveTheSameChoiceBitForBit() {
        Terms terms = new Terms(0.04, 4, 0.2, 0.05, 1.5, null);
        for (long seed = 0; seed < 200; seed++) {
            assertThat(ThompsonSampler.choose(ARMS, terms, seed)).isEqualTo(ThompsonSampler.choose(ARMS, terms, seed));
        }
        assertThat(ThompsonSampler.choose(ARMS, terms, 1).candidates())
                .isNotEqualTo(ThompsonSampler.choose(ARMS, terms, 2).candidates());
    }

    @Test
    void aHigherPriceOfQualityMovesChoicesToTheCheaper() {
        double before = -1;
        for (double lambda : new double[] {0.01, 0.04, 0.1, 0.3, 1}) {
            double share = ThompsonSampler.choose(ARMS, Terms.plain(lambda, 4), 1).candidates().get(0).propensity();
            assertThat(share).isGreaterThan(before);
            before = share;
        }
        assertThat(before).isGreaterThan(0.95);
    }

    @Test
    void aHopelessModelRestsUnlessItIsHardlyKnown() {
        Terms terms = new Terms(0, 4, 1, 0, 1.5, null);
        List<Arm> known = List.of(arm("good", 90, 10, 1), arm("bad", 40, 60, 1));
        assertThat(ThompsonSampler.choose(known, terms, 1).candidates().get(1).propensity()).isZero();
        List<Arm> hardly = List.of(arm("good", 900, 100, 1), arm("new", 1, 3, 1));
        assertThat(ThompsonSampler.choose(hardly, terms, 1).candidates().get(1).propensity()).isPositive();
    }

    @Test
    void aGuaranteeServesTheBaselineUntilItIsKnownAndRaisesLambdaStepByStep() {
        Terms terms = new Terms(0, 4, 1, 0, 1.5, null);
        Guarantee guarantee = new Guarantee(0.98);
        List<Guarantee.Load> unknown = List.of(new Guarantee.Load(1, List.of(known("cheap", 900, 100, 0.1, 1000),
                known("dear", 9, 1, 4, 10))));
        assertThat(guarantee.terms(unknown, "dear", 5_000, terms, 1)).satisfies(led -> {
            assertThat(led.leader()).isEqualTo("dear");
            assertThat(led.exploration()).isCloseTo(0.02, within(1e-12));
        });
        List<Guarantee.Load> equal = List.of(new Guarantee.Load(1, List.of(known("cheap", 900, 100, 0.1, 1000),
                known("dear", 900, 100, 4, 1000))));
        Terms first = guarantee.terms(equal, "dear", 5_000, terms, 1);
        Terms second = guarantee.terms(equal, "dear", 5_000, first, 1);
        assertThat(first.lambda()).isEqualTo(0.005);
        assertThat(second.lambda()).isEqualTo(0.01);
        List<Guarantee.Load> worse = List.of(new Guarantee.Load(1, List.of(known("cheap", 700, 300, 0.1, 1000),
                known("dear", 900, 100, 4, 1000))));
        assertThat(guarantee.terms(worse, "dear", 5_000, new Terms(0.06, 4, 0.2, 0, 1.5, null), 1)).satisfies(held -> {
            assertThat(held.exploration()).isLessThanOrEqualTo(0.2);
            assertThat(ThompsonSampler.choose(worse.get(0).arms(), held.typically(4), 1).candidates().get(0)
                    .propensity()).isLessThan(0.1);
        });
    }

    private static Arm known(String name, double good, double bad, double cost, long observations) {
        return new Arm(name, new Posterior(good, bad, observations), BigDecimal.valueOf(cost));
    }
}
