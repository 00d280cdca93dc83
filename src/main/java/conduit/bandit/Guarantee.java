package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.simple.RandomSource;

import java.util.List;

/**
 * Finds how far costs may be cut while quality is held: the largest lambda at which, in enough draws from what is
 * believed, the choices' quality over the whole traffic reaches the demanded share of the baseline's. Where none does,
 * the baseline serves, save for what may be explored.
 *
 * @param minQuality the demanded share of the baseline's quality, 0 to 1
 */
public record Guarantee(double minQuality) {

    /** After so many requests the terms are looked for again. */
    public static final int EVERY = 100;
    private static final double MOST_EXPLORATION = 0.2;
    private static final int DRAWS = 400;
    private static final long KNOWN = 50;
    private static final long FEW_LABELS = 1_000;
    private static final double SURE = 0.95;
    private static final double SURER = 0.99;
    private static final double[] LAMBDAS = {0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.005, 0};
    private static final double[] EXPLORATIONS = {MOST_EXPLORATION, 0.1, 0.05};

    /**
     * A part of the traffic.
     *
     * @param share of all requests, 0 to 1
     * @param arms  the models with what is believed of them there, and what they cost there on average
     */
    public record Load(double share, List<Arm> arms) {
    }

    /**
     * The terms for the next requests.
     *
     * @param labels how many answers were judged so far
     * @param terms  the owner's, at the lambda that holds now; the lot is lowered to what the demand leaves free
     */
    public Terms terms(List<Load> loads, String baseline, long labels, Terms terms, long seed) {
        if (known(loads, baseline) < KNOWN) {
            return led(baseline, terms);
        }
        double sure = labels < FEW_LABELS ? SURER : SURE;
        double[][][] draws = draws(loads, RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
        double[] floor = new double[DRAWS];
        for (int l = 0; l < loads.size(); l++) {
            int index = index(loads.get(l), baseline);
            for (int d = 0; d < DRAWS; d++) {
                floor[d] += loads.get(l).share() * minQuality * draws[l][index][d];
            }
        }
        double most = next(terms.lambda());
        Terms bounded = terms.lotAtMost(astray());
        for (double lambda : LAMBDAS) {
            for (double exploration : EXPLORATIONS) {
                Terms candidate = bounded.at(lambda, exploration);
                if (lambda <= most && reaches(loads, baseline, draws, floor, candidate) >= sure) {
                    return candidate;
                }
            }
        }
        return led(baseline, terms);
    }

    private Terms led(String baseline, Terms terms) {
        return terms.led(baseline, astray());
    }

    /** Which share of choices the demand itself leaves free. */
    private double astray() {
        return Math.min(MOST_EXPLORATION, 1 - minQuality);
    }

    /** How many judgements there are of the baseline: what is not known can't be compared with. */
    private static long known(List<Load> loads, String baseline) {
        return loads.stream().mapToLong(load -> load.arms().get(index(load, baseline)).posterior().observations())
                .sum();
    }

    /** One step above the price that holds now: a lucky streak is found out before much is staked on it. */
    private static double next(double lambda) {
        double next = LAMBDAS[0];
        for (double candidate : LAMBDAS) {
            next = candidate > lambda ? candidate : next;
        }
        return next;
    }

    /** The share of draws in which the quality under these terms is at least the floor. */
    private static double reaches(List<Load> loads, String baseline, double[][][] draws, double[] floor, Terms terms) {
        double[] quality = new double[DRAWS];
        for (int l = 0; l < loads.size(); l++) {
            Load load = loads.get(l);
            double baselineCost = load.arms().get(index(load, baseline)).expectedCostUsd().doubleValue();
            double[] propensities = new Draw(load.arms(), terms.typically(baselineCost),
                    RandomSource.XO_RO_SHI_RO_128_PP.create(0)).propensities();
            for (int m = 0; m < propensities.length; m++) {
                double share = loads.get(l).share() * propensities[m];
                for (int d = 0; d < DRAWS; d++) {
                    quality[d] += share * draws[l][m][d];
                }
            }
        }
        int reached = 0;
        for (int d = 0; d < DRAWS; d++) {
            reached += quality[d] >= floor[d] ? 1 : 0;
        }
        return (double) reached / DRAWS;
    }

    private static double[][][] draws(List<Load> loads, UniformRandomProvider random) {
        double[][][] draws = new double[loads.size()][][];
        for (int l = 0; l < draws.length; l++) {
            List<Arm> arms = loads.get(l).arms();
            draws[l] = new double[arms.size()][DRAWS];
            for (int m = 0; m < arms.size(); m++) {
                Posterior belief = arms.get(m).posterior();
                var sampler = ChengBetaSampler.of(random, belief.alpha(), belief.beta());
                for (int d = 0; d < DRAWS; d++) {
                    draws[l][m][d] = sampler.sample();
                }
            }
        }
        return draws;
    }

    private static int index(Load load, String model) {
        for (int m = 0; m < load.arms().size(); m++) {
            if (load.arms().get(m).model().equals(model)) {
                return m;
            }
        }
        throw new IllegalArgumentException("the baseline " + model + " is not among the models");
    }
}
