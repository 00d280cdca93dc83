package conduit.bandit;

/**
 * How evidence becomes belief.
 *
 * @param discount  what is left of a cell's evidence after each judgement in it, above 0, at most 1
 * @param shrinkage how many observations the model's overall quality counts for in a cell, above 0
 * @param inherited how many observations a cell is worth at most to a new version of a model, 0 or more
 * @param cells     how many cells there are before further ones share one a length
 * @param patience  after so many judgements elsewhere a cell may be given to another context
 */
public record Tuning(double discount, double shrinkage, double inherited, int cells, int patience) {

    public static final Tuning DEFAULT = new Tuning(0.999, 2, 10, 20, 2_000);

    public Tuning {
        if (!(discount > 0 && discount <= 1 && shrinkage > 0 && inherited >= 0) || cells < 0 || patience < 1) {
            throw new IllegalArgumentException("out of range: " + discount + ", " + shrinkage + ", " + inherited + ", "
                    + cells + ", " + patience);
        }
    }

    /** The same with another discount. */
    public Tuning discounting(double rate) {
        return new Tuning(rate, shrinkage, inherited, cells, patience);
    }
}
