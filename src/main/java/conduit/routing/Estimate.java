package conduit.routing;

import java.math.BigDecimal;

/**
 * What a request is expected to cost, and the most that it can.
 *
 * @param inputTokens     the estimate of input tokens
 * @param maxOutputTokens the cap to which the CLI is held in each of its calls
 * @param expectedUsd     by the estimate and the mean output, US dollars
 * @param worstCaseUsd    what is reserved, US dollars
 */
public record Estimate(int inputTokens, int maxOutputTokens, BigDecimal expectedUsd, BigDecimal worstCaseUsd) {
}
