package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a quality for each model from its posterior and chooses the largest draw - lambda x expected cost / the
 * baseline's cost. Cost is no part of what is learned, so a change of prices changes the choice at once.
 *
 * <p>Source: Thompson (1933); Russo et al., A Tutorial on Thompson Sampling (2018).
 *
 * @param lambda how much quality (0 to 1) one baseline's cost is worth, 0 or more
 */
public record ThompsonSampler(double lambda) {

    /** Draws for the propensities, besides the one that decides; their standard error is at most .035. */
    private static final int DRAWS = 200;

    /**
     * Chooses among at least one arm.
     *
     * @param baselineCostUsd what the request is expected to cost at the baseline, US dollars
     */
    public Choice choose(List<Arm> arms, BigDecimal baselineCostUsd, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        List<ContinuousDistribution.Sampler> samplers = arms.stream().map(arm -> BetaDistribution
                .of(arm.posterior().alpha(), arm.posterior().beta()).createSampler(random)).toList();
        double[] penalties = arms.stream().mapToDouble(arm -> penalty(arm, baselineCostUsd)).toArray();
        double[] draws = new double[arms.size()];
        int chosen = best(samplers, penalties, draws);
        double[] deciding = draws.clone();
        int[] wins = new int[arms.size()];
        for (int i = 0; i < DRAWS; i++) {
            wins[best(samplers, penalties, draws)]++;
        }
        wins[chosen]++;
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            candidates.add(new Candidate(arm.model(), arm.posterior().mean(), deciding[i], arm.expectedCostUsd(),
                    (double) wins[i] / (DRAWS + 1)));
        }
        return new Choice(arms.get(chosen).model(), candidates, seed);
    }

    private double penalty(Arm arm, BigDecimal baselineCostUsd) {
        double baseline = baselineCostUsd.doubleValue();
        return baseline <= 0 ? 0 : lambda * arm.expectedCostUsd().doubleValue() / baseline;
    }

    private static int best(List<ContinuousDistribution.Sampler> samplers, double[] penalties, double[] draws) {
        int best = 0;
        for (int i = 0; i < draws.length; i++) {
            draws[i] = samplers.get(i).sample();
            if (draws[i] - penalties[i] > draws[best] - penalties[best]) {
                best = i;
            }
        }
        return best;
    }
}
