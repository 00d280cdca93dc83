package conduit.replay;

import org.apache.commons.rng.UniformRandomProvider;

/** Chooses a model for each query of one run, and may learn from what came of it. */
interface Policy {

    /** The index of the chosen model. */
    int choose(Query query, UniformRandomProvider random);

    /** Told after each choice; {@code judged} is false where nobody said whether the answer was right. */
    default void learn(Query query, int model, boolean judged) {
    }
}
