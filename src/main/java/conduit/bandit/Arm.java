package conduit.bandit;

import java.math.BigDecimal;

/**
 * A model that may be chosen.
 *
 * @param expectedCostUsd what this request is expected to cost there, US dollars
 */
public record Arm(String model, Posterior posterior, BigDecimal expectedCostUsd) {
}
