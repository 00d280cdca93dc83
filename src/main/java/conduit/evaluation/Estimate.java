package conduit.evaluation;

/**
 * An estimate with its 95 % confidence interval.
 *
 * @param low  null where the record has nothing to bound it by
 * @param high as {@code low}
 */
public record Estimate(double value, Double low, Double high) {

    /** The same, held within what is possible. */
    Estimate within(double least, double most) {
        return new Estimate(held(value, least, most), low == null ? null : held(low, least, most),
                high == null ? null : held(high, least, most));
    }

    private static double held(double number, double least, double most) {
        return Math.max(least, Math.min(most, number));
    }
}
