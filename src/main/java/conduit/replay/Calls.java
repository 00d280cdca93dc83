package conduit.replay;

import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Usage;

import java.util.HashMap;
import java.util.Map;

/** Gathers what the calls of one run were like; read now and then, as a server does. */
final class Calls {

    private static final int STALE = 20;

    private final Map<Context, Map<String, Usage>> cells = new HashMap<>();
    private Experience experience = Experience.NONE;
    private int since = STALE;

    void add(Context context, int promptTokens, String model, Outcome outcome, double baselineCostUsd) {
        cells.computeIfAbsent(context, c -> new HashMap<>()).merge(model, Usage.of(promptTokens,
                outcome.outputTokens(),
                Math.round(outcome.latencyS() * 1_000), baselineCostUsd), Usage::plus);
        since++;
    }

    Experience experience() {
        if (since >= STALE) {
            experience = new Experience(cells);
            since = 0;
        }
        return experience;
    }
}
