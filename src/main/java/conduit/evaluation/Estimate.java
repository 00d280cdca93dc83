package conduit.evaluation;

/**
 * An estimate with its 95 % confidence interval.
 *
 * @param low  null where the record has nothing to bound it by
 * @param high as {@code low}
 */
public record Estimate(double value, Double low, Double high) {
}
