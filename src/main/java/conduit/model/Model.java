package conduit.model;

/**
 * One model of the catalogue.
 *
 * @param id         the full id, never an alias: aliases mean other models in another version of the CLI
 * @param maxOutput  the most output tokens that a request may ask of it
 * @param auto       whether the bandit may choose it
 * @param priorAlpha successes believed before the first observation, above 0
 * @param priorBeta  failures believed before the first observation, above 0
 * @param follows    the model of which it is a new version, or null; that one need not be in the catalogue any more, and
 *                   where nothing was learnt of it, this changes nothing
 */
public record Model(String id, Prices prices, int maxOutput, boolean auto, double priorAlpha, double priorBeta,
                    String follows) {

    /** The same with a prior of the same mean that counts for so many observations. */
    Model believedAs(double observations) {
        double scale = observations / (priorAlpha + priorBeta);
        return new Model(id, prices, maxOutput, auto, priorAlpha * scale, priorBeta * scale, follows);
    }
}
