package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws a quality for each model from its posterior and chooses the largest draw - lambda x expected cost / what a
 * typical request costs. Cost is no part of what is learned, so a change of prices changes the choice at once.
 *
 * <p>Source: Thompson (1933); Russo et al., A Tutorial on Thompson Sampling (2018).
 */
public final class ThompsonSampler {

    private ThompsonSampler() {
    }

    /** Chooses among at least one arm. */
    public static Choice choose(List<Arm> arms, Terms terms, long seed) {
        Draw draw = new Draw(arms, terms, RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
        int chosen = draw.chosen();
        double[] propensities = draw.propensities();
        List<Candidate> candidates = new ArrayList<>(arms.size());
        for (int i = 0; i < arms.size(); i++) {
            Posterior belief = arms.get(i).posterior();
            candidates.add(new Candidate(arms.get(i).model(), belief.mean(), draw.draws[i],
                    arms.get(i).expectedCostUsd(), propensities[i], belief.alpha(), belief.beta()));
        }
        return new Choice(arms.get(chosen).model(), candidates, terms, seed);
    }

    /** Only which arm is chosen, for simulations: the index of the same model that {@link #choose} names. */
    public static int index(List<Arm> arms, Terms terms, UniformRandomProvider random) {
        return new Draw(arms, terms, random).chosen();
    }
}
