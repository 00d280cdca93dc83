package conduit.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The decisions that every engine must come to: those of the plain scan. */
final class Expected {

    private Expected() {
    }

    /** For each request the name of the rule that decides, or null. */
    static List<String> of(RuleMix mix, List<Asked> requests) {
        LinearScan scan = new LinearScan(mix.rules());
        List<String> decisions = new ArrayList<>();
        requests.forEach(asked -> decisions.add(scan.decide(asked)));
        return decisions;
    }

    /** @throws IllegalStateException with the first request that an engine decides otherwise */
    static void check(Function<Asked, String> engine, List<Asked> requests, List<String> expected) {
        for (int i = 0; i < requests.size(); i++) {
            String decision = engine.apply(requests.get(i));
            if (!java.util.Objects.equals(decision, expected.get(i))) {
                throw new IllegalStateException("request " + i + " is decided by " + decision + ", not by "
                        + expected.get(i));
            }
        }
    }
}
