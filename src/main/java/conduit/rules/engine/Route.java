package conduit.rules.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What rules write: where the request goes. The first {@code to} or {@code deny} decides. */
final class Route {

    private final List<Rule> fired = new ArrayList<>();
    private boolean decided;
    private String model;
    private String reason;
    private boolean denied;
    private Set<String> among;
    private String amongReason;
    private String category;

    /** A rule holds; one that holds in two ways counts once. */
    void take(Rule rule) {
        if (decided || fired.contains(rule)) {
            return;
        }
        fired.add(rule);
        for (Action action : rule.actions()) {
            if (decided) {
                return;
            }
            if (action instanceof Action.To to) {
                model = to.model();
                reason = to.reason();
                decided = true;
            } else if (action instanceof Action.Deny deny) {
                denied = true;
                reason = deny.reason();
                decided = true;
            } else if (action instanceof Action.Among fence) {
                narrow(fence);
            } else if (action instanceof Action.Category name && category == null) {
                category = name.name();
            }
        }
    }

    private void narrow(Action.Among fence) {
        Set<String> these = new LinkedHashSet<>(fence.models());
        if (among != null) {
            these.retainAll(among);
        }
        among = these;
        amongReason = amongReason == null ? fence.reason() : amongReason + "; " + fence.reason();
    }

    boolean isDecided() {
        return decided;
    }

    List<Rule> fired() {
        return fired;
    }

    RuleOutcome outcome(String version, RuleOutcome.GaveUp gaveUp) {
        return new RuleOutcome(model, reason, denied, among == null ? null : List.copyOf(among), amongReason,
                category, fired.stream().map(r -> r.info().name()).toList(), version, gaveUp);
    }
}
