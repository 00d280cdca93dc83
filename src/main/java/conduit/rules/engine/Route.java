package conduit.rules.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What rules write: where the request goes. The first {@code to} or {@code deny} decides and ends the firing. */
public final class Route {

    private final Runnable halt;
    private final List<RuleInfo> fired = new ArrayList<>();
    private RuleInfo current;
    private RuleInfo decider;
    private String model;
    private String reason;
    private boolean denied;
    private Set<String> among;
    private String amongReason;
    private String category;

    Route(Runnable halt) {
        this.halt = halt;
    }

    /** Sends the request to this model. */
    public void to(String model, String reason) {
        if (decider == null) {
            this.model = model;
            decide(reason);
        }
    }

    /** Refuses the request. */
    public void deny(String reason) {
        if (decider == null) {
            denied = true;
            decide(reason);
        }
    }

    /** Narrows the models among which the bandit may choose; several of these are intersected. */
    public void among(String reason, String... models) {
        if (decider != null) {
            return;
        }
        Set<String> these = new LinkedHashSet<>(List.of(models));
        if (among != null) {
            these.retainAll(among);
        }
        among = these;
        amongReason = amongReason == null ? reason : amongReason + "; " + reason;
    }

    /** Names the category from which the bandit learns; the first one holds. */
    public void category(String name) {
        if (decider == null && category == null) {
            category = name;
        }
    }

    private void decide(String reason) {
        this.reason = reason;
        decider = current;
        halt.run();
    }

    void firing(RuleInfo rule) {
        if (decider == null) {
            current = rule;
            fired.add(rule);
        }
    }

    RuleOutcome outcome(String version) {
        return new RuleOutcome(model, reason, denied, among == null ? null : List.copyOf(among), amongReason,
                category, fired.stream().map(RuleInfo::name).toList(), version);
    }
}
