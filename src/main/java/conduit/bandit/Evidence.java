package conduit.bandit;

/**
 * What judgements say of one model in one cell, older ones counting less.
 *
 * @param good    the sum of rewards
 * @param bad     the sum of what was missing to 1
 * @param squares the sum of weights by the square of what is left of them: with it, how many judgements these sums are
 *                worth is known
 * @param count   how many answers were judged, undiscounted
 */
public record Evidence(double good, double bad, double squares, long count) {

    public static final Evidence NONE = new Evidence(0, 0, 0, 0);
    /** Sums discounted at a steady rate vary like twice as many judgements: (1 + rate) / 1. */
    private static final double MOST_PRECISION = 2;

    /** After one more judgement elsewhere in the cell. */
    Evidence older(double discount) {
        return discount == 1 ? this
                : new Evidence(good * discount, bad * discount, squares * discount * discount, count);
    }

    /** With a new judgement of this reward (0 to 1) and weight. */
    Evidence with(double reward, double weight) {
        return with(reward, weight, 1);
    }

    /** With a judgement of which {@code left} (0 to 1) is left. A judgement of half the weight is half a judgement. */
    Evidence with(double reward, double weight, double left) {
        return new Evidence(good + reward * weight * left, bad + (1 - reward) * weight * left,
                squares + weight * left * left, count + 1);
    }

    /** Without a judgement that was added before, and of which {@code left} is left. */
    Evidence without(double reward, double weight, double left) {
        return new Evidence(Math.max(0, good - reward * weight * left), Math.max(0, bad - (1 - reward) * weight * left),
                Math.max(0, squares - weight * left * left), count - 1);
    }

    /** What it is worth, at most so many observations, in the same proportion and no surer than its own sum. */
    Evidence atMost(double observations) {
        double worth = precision() * (good + bad);
        double share = worth <= observations ? precision() : observations / (good + bad);
        // As many judgements as its sum: else the precision of the former one would count on top of the bound.
        return new Evidence(good * share, bad * share, (good + bad) * share, 0);
    }

    /**
     * How much surer than their sum these judgements are: the effective sample size (Kish 1965), (sum of weights)^2 /
     * sum of squares, by the sum; 1 without discount. Held below 2, so that evidence which nobody renews fades.
     */
    double precision() {
        return squares <= 0 ? 1 : Math.max(1, Math.min(MOST_PRECISION, (good + bad) / squares));
    }
}
