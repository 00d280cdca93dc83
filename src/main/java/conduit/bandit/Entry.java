package conduit.bandit;

/**
 * One line of the log of which beliefs are made.
 *
 * <p>{@code version} numbers the lines from 1 without gaps, in the order in which they are believed.
 */
public sealed interface Entry {

    long version();

    /**
     * An answer of a model was judged.
     *
     * @param reward 0 (useless) to 1 (right)
     * @param weight how much it counts, above 0, at most 1
     */
    record Judged(long version, Context context, String model, double reward, double weight) implements Entry {

        public Judged {
            if (!(reward >= 0 && reward <= 1) || !(weight > 0 && weight <= 1)) {
                throw new IllegalArgumentException("a reward from 0 to 1 and a weight above 0, at most 1, not " + reward
                        + " and " + weight);
            }
        }
    }

    /**
     * An earlier judgement was replaced by another; it keeps its age.
     *
     * @param former what was judged before; its context is the one whose cell took it in, see {@link Beliefs#seat}
     * @param place  the place that it had in that cell, see {@link Beliefs#place}
     */
    record Replaced(long version, Judged former, long place, double reward, double weight) implements Entry {
    }

    /**
     * A model has a new version: what was learnt of the former one counts for little.
     *
     * @param former the model that it follows, which may be itself
     */
    record NewVersion(long version, String model, String former) implements Entry {
    }
}
