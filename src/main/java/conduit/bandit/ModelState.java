package conduit.bandit;

/**
 * What is known of a model from experience.
 *
 * @param calls        answers recorded
 * @param outputTokens their output tokens together
 */
public record ModelState(String model, Posterior posterior, long calls, long outputTokens) {

    /** The mean output tokens of an answer, or {@code otherwise} before the first. */
    public double meanOutput(double otherwise) {
        return calls == 0 ? otherwise : (double) outputTokens / calls;
    }
}
