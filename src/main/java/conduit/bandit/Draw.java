package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One drawing of lots among models. Chance is used in a fixed order, so that a seed repeats it. */
final class Draw {

    /** Observations, prior included, without which no model rests. */
    private static final double ENOUGH = 7;

    final double[] draws;
    private final List<Arm> arms;
    private final Terms terms;
    private final double[] penalties;
    private final boolean[] awake;
    private final int leader;
    private final int winner;
    private final double lot;
    private final double other;
    private final double follow;
    private double[] chances;

    Draw(List<Arm> arms, Terms terms, UniformRandomProvider random) {
        this.arms = arms;
        this.terms = terms;
        int count = arms.size();
        draws = new double[count];
        penalties = new double[count];
        double[] expected = new double[count];
        int best = 0;
        for (int i = 0; i < count; i++) {
            Posterior belief = arms.get(i).posterior();
            draws[i] = ChengBetaSampler.of(random, belief.alpha(), belief.beta()).sample();
            penalties[i] = terms.penalty(arms.get(i).expectedCostUsd().doubleValue());
            expected[i] = belief.mean() - penalties[i];
            best = expected[i] > expected[best] ? i : best;
        }
        leader = leader(best);
        awake = awake(expected);
        winner = winner();
        lot = random.nextDouble();
        other = random.nextDouble();
        follow = random.nextDouble();
    }

    private int leader(int best) {
        for (int i = 0; i < arms.size(); i++) {
            if (arms.get(i).model().equals(terms.leader())) {
                return i;
            }
        }
        return best;
    }

    /** A model far below the best one is not tried until its belief has widened; nobody is judged by a few answers. */
    private boolean[] awake(double[] expected) {
        boolean[] result = new boolean[expected.length];
        for (int i = 0; i < result.length; i++) {
            double spread = Math.sqrt(arms.get(i).posterior().variance() + arms.get(leader).posterior().variance());
            result[i] = terms.restBeyond() <= 0 || arms.get(i).posterior().size() < ENOUGH
                    || expected[leader] - expected[i] <= terms.restBeyond() * spread;
        }
        return result;
    }

    private int winner() {
        int best = leader;
        for (int i = 0; i < draws.length; i++) {
            if (awake[i] && draws[i] - penalties[i] > draws[best] - penalties[best]) {
                best = i;
            }
        }
        return best;
    }

    int chosen() {
        if (lot < terms.uniform()) {
            return (int) (other * draws.length);
        }
        return winner != leader && follow >= followed() ? leader : winner;
    }

    /** Which part of the draws that lead away from the leader are followed. */
    private double followed() {
        double away = terms.exploration() >= 1 ? 0 : 1 - chances()[leader];
        return away <= terms.exploration() ? 1 : terms.exploration() / away;
    }

    double[] propensities() {
        double[] result = chances().clone();
        double followed = followed();
        for (int i = 0; i < result.length; i++) {
            double sampled = i == leader ? 1 - followed * (1 - result[i]) : followed * result[i];
            result[i] = terms.uniform() / result.length + (1 - terms.uniform()) * sampled;
        }
        return result;
    }

    private double[] chances() {
        if (chances == null) {
            int[] up = IntStream.range(0, awake.length).filter(i -> awake[i]).toArray();
            double[] among = up.length == 1 ? new double[] {1} : Chances.of(
                    Arrays.stream(up).mapToDouble(i -> arms.get(i).posterior().alpha()).toArray(),
                    Arrays.stream(up).mapToDouble(i -> arms.get(i).posterior().beta()).toArray(),
                    Arrays.stream(up).mapToDouble(i -> penalties[i]).toArray());
            chances = new double[awake.length];
            for (int k = 0; k < up.length; k++) {
                chances[up[k]] = among[k];
            }
        }
        return chances;
    }
}
