package conduit.feedback;

/**
 * How much it counts against a model that its answer was followed by nearly the same question.
 *
 * <p>Where such answers are said to be worth r on the average, and all answers m, then a reward of 0 with the weight
 * 1 - r / m moves a belief of m as far as a whole judgement of r does. The guess {@code first} counts for
 * {@value #STRENGTH} answers of which both is known.
 *
 * @param first the weight before anything is known, 0 to 0.5; 0 where nobody looks
 */
public record RepeatWeight(double first) {

    private static final int STRENGTH = 20;
    private static final double MOST = 0.5;

    /**
     * What was said of answers.
     *
     * @param repeated how many of them were followed by nearly the same question
     * @param worth    the mean reward of those, 0 to 1
     * @param all      the mean reward of all, 0 to 1
     */
    record Said(long repeated, double worth, double all) {
    }

    /** The weight, 0 to 0.5. */
    double after(Said said) {
        double shown = said.all() > 0 ? 1 - said.worth() / said.all() : first;
        double weight = (STRENGTH * first + said.repeated() * shown) / (STRENGTH + said.repeated());
        return Math.max(0, Math.min(MOST, weight));
    }
}
