package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A wrong propensity would make every estimate from the record wrong: the quadrature is compared with draws. */
class ChancesTest {

    private static final int DRAWS = 100_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void equalTheShareOfDrawsThatAreTheLargest(long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int arms = 2 + random.nextInt(9);
        double[] alpha = new double[arms];
        double[] beta = new double[arms];
        double[] penalties = new double[arms];
        for (int i = 0; i < arms; i++) {
            double size = Math.exp(random.nextDouble() * 9 - 0.5);
            double mean = 0.05 + 0.9 * random.nextDouble();
            alpha[i] = size * mean;
            beta[i] = size * (1 - mean);
            penalties[i] = 0.05 * random.nextDouble();
        }
        double[] wins = new double[arms];
        ContinuousSampler[] samplers = new ContinuousSampler[arms];
        Arrays.setAll(samplers, i -> ChengBetaSampler.of(random, alpha[i], beta[i]));
        for (int draw = 0; draw < DRAWS; draw++) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < arms; i++) {
                double value = samplers[i].sample() - penalties[i];
                if (value > most) {
                    most = value;
                    best = i;
                }
            }
            wins[best]++;
        }
        double[] chances = Chances.of(alpha, beta, penalties);
        assertThat(Arrays.stream(chances).sum()).isCloseTo(1, within(1e-12));
        for (int i = 0; i < arms; i++) {
            // Four standard errors of the draws, and a thousandth and a half for the quadrature.
            double error = 4 * Math.sqrt(wins[i] / DRAWS * (1 - wins[i] / DRAWS) / DRAWS);
            assertThat(chances[i]).as("%d of %d: Beta(%f, %f)", i, arms, alpha[i], beta[i])
                    .isCloseTo(wins[i] / DRAWS, within(error + 0.0015));
        }
    }
}
