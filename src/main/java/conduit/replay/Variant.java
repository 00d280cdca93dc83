package conduit.replay;

import conduit.bandit.Context;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;

import java.util.function.ToDoubleFunction;

/**
 * How a learner differs from others.
 *
 * @param minQuality  the share of the baseline's quality that it guarantees, or null
 * @param contextFree whether it takes all requests to be of one kind
 * @param reward      what it learns from, 0 to 1
 */
record Variant(Tuning tuning, Terms terms, Double minQuality, boolean contextFree, ToDoubleFunction<Outcome> reward) {

    private static final Context ONE = new Context("all", "all");

    Context context(Context context) {
        return contextFree ? ONE : context;
    }
}
