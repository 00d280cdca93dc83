package conduit.replay;

import conduit.bandit.Terms;
import conduit.bandit.Tuning;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** The policies that are compared. */
final class Policies {

    private static final double COMPOSITE_QUALITY = 0.7;
    private static final double COMPOSITE_COST = 0.2;
    private static final double COMPOSITE_LATENCY = 0.1;

    private Policies() {
    }

    /** A policy with its price of quality (null where it has none); each run has a new one. */
    record Named(String name, Double lambda, Supplier<Policy> make) {
    }

    static List<Named> all(Recording recording, Replay.Setting setting) {
        Terms terms = setting.terms();
        double lambda = terms.lambda();
        Tuning tuning = setting.tuning();
        return List.of(
                learner("sampler", lambda, recording, new Variant(tuning, terms, null, false, Outcome::correct)),
                learner("guarantee", null, recording,
                        new Variant(tuning, terms, setting.minQuality(), false, Outcome::correct)),
                learner("context-free", lambda, recording, new Variant(tuning, terms, null, true, Outcome::correct)),
                learner("composite", null, recording,
                        new Variant(tuning.discounting(1),
                        Terms.plain(0, 0), null, true, Policies::composite)),
                fixed("cheapest", query -> cheapest(query, 0)),
                fixed("largest", query -> recording.baseline()),
                new Named("random", null, () -> (query, random) -> random.nextInt(recording.models().size())),
                fixed("oracle", query -> cheapest(query, 1)));
    }

    /** What routers of this kind learn from that mix quality, dollars and seconds in one reward. */
    private static double composite(Outcome outcome) {
        return COMPOSITE_QUALITY * outcome.correct() + COMPOSITE_COST / (1 + outcome.costUsd())
                + COMPOSITE_LATENCY / (1 + outcome.latencyS());
    }

    /** The cheapest model whose answer is at least so right; else the cheapest of all. */
    private static int cheapest(Query query, double correct) {
        int best = -1;
        int any = 0;
        Outcome[] outcomes = query.outcomes();
        for (int m = 0; m < outcomes.length; m++) {
            any = outcomes[m].costUsd() < outcomes[any].costUsd() ? m : any;
            if (outcomes[m].correct() >= correct && (best < 0 || outcomes[m].costUsd() < outcomes[best].costUsd())) {
                best = m;
            }
        }
        return best < 0 ? any : best;
    }

    private static Named learner(String name, Double lambda, Recording recording, Variant variant) {
        return new Named(name, lambda, () -> new Learner(recording, variant));
    }

    private static Named fixed(String name, ToIntFunction<Query> model) {
        return new Named(name, null, () -> (query, random) -> model.applyAsInt(query));
    }
}
