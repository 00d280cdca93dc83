package conduit.rules.reasoning;

import conduit.rules.condition.Condition;
import java.util.List;

/**
 * What follows from conditions alone, whatever the request. Every fact of a request has one value, so a condition is
 * a union of boxes in the space of the facts, and "never" is that no box is left. A no of {@link #canHold} and
 * {@link #canBoth} and a yes of {@link #implies} are proven; the opposite means only that no proof was found.
 */
public final class Reasoning {

    private Reasoning() {
    }

    /** Whether some request may meet the condition. */
    public static boolean canHold(Condition condition) {
        return Reach.of(condition).isSome();
    }

    /** Whether every request that meets the one surely meets the other. */
    public static boolean implies(Condition one, Condition other) {
        return !canBoth(one, new Condition.Not(other));
    }

    /** Whether some request may meet both. */
    public static boolean canBoth(Condition one, Condition other) {
        return canHold(new Condition.All(List.of(one, other)));
    }
}
