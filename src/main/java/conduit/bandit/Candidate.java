package conduit.bandit;

import java.math.BigDecimal;

/**
 * A model as the sampler saw it.
 *
 * @param mean       the expected quality, 0 to 1
 * @param draw       the quality drawn for this decision, 0 to 1
 * @param propensity the probability that this model would be chosen
 * @param alpha      of the belief it was drawn from
 * @param beta       of the same
 */
public record Candidate(String model, double mean, double draw, BigDecimal expectedCostUsd, double propensity,
                        double alpha, double beta) {
}
