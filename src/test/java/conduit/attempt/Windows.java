package conduit.attempt;

import conduit.claude.Failure;
import conduit.claude.Failure.Verdict;

/** Puts breakers into a state. */
public final class Windows {

    private Windows() {
    }

    /** As after ten calls of a model that went well. */
    public static void clear(Breakers breakers, String model) {
        for (int i = 0; i < 10; i++) {
            breakers.ask(model).tell(Verdict.SUCCESS, null);
        }
    }

    /** As after so many calls of a model that failed. */
    public static void fail(Breakers breakers, String model, int times) {
        for (int i = 0; i < times; i++) {
            breakers.ask(model).tell(Verdict.FAILURE, Failure.OVERLOADED);
        }
    }
}
