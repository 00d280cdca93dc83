package conduit.bandit;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What is believed of a model's quality: a Beta distribution.
 *
 * @param alpha        successes, prior included; above 0
 * @param beta         failures, prior included; above 0
 * @param observations how many answers were judged
 */
public record Posterior(double alpha, double beta, long observations) {

    public Posterior {
        if (!(alpha > 0) || !(beta > 0)) {
            throw new IllegalArgumentException("alpha and beta must be above 0, not " + alpha + " and " + beta);
        }
    }

    public double mean() {
        return alpha / (alpha + beta);
    }

    /** How many observations it is worth, prior included. */
    public double size() {
        return alpha + beta;
    }

    public double variance() {
        double sum = alpha + beta;
        return alpha * beta / (sum * sum * (sum + 1));
    }

    /** The value below which the quality lies with this probability. */
    public double quantile(double probability) {
        return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(probability);
    }
}
