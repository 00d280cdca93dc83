package conduit.rules.warning;

import conduit.rules.engine.Action;
import conduit.rules.engine.Rule;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a rule chooses where it holds.
 *
 * @param model    where the request goes, or null
 * @param denies   whether nobody answers
 * @param among    the models to which it narrows the choice before it decides, or null
 * @param category the kind of request that it names before it decides, or null
 */
record Choice(String model, boolean denies, Set<String> among, String category) {

    static Choice of(Rule rule) {
        Set<String> among = null;
        String category = null;
        for (Action action : rule.actions()) {
            if (action instanceof Action.To to) {
                return new Choice(to.model(), false, among, category);
            } else if (action instanceof Action.Deny) {
                return new Choice(null, true, among, category);
            } else if (action instanceof Action.Among fence) {
                Set<String> these = new HashSet<>(fence.models());
                if (among != null) {
                    these.retainAll(among);
                }
                among = these;
            } else if (action instanceof Action.Category named && category == null) {
                category = named.name();
            }
        }
        return new Choice(null, false, among, category);
    }

    boolean decides() {
        return model != null || denies;
    }

    /** Whether what comes out depends on which of the two is tried first. */
    boolean differs(Choice other) {
        return outcomesDiffer(other) || isFencedBy(other) || other.isFencedBy(this)
                || category != null && other.category != null && !category.equals(other.category);
    }

    /** What the two choose, in an author's words. */
    String against(Choice other) {
        return outcomesDiffer(other) ? outcome() + ", " + other.outcome()
                : isFencedBy(other) ? model + ", " + other.fence()
                : other.isFencedBy(this) ? fence() + ", " + other.model
                : "category " + category + ", category " + other.category;
    }

    private boolean outcomesDiffer(Choice other) {
        return decides() && other.decides() && !(denies == other.denies && Objects.equals(model, other.model));
    }

    private boolean isFencedBy(Choice other) {
        return model != null && !other.decides() && other.among != null && !other.among.contains(model);
    }

    private String outcome() {
        return denies ? "denied" : model;
    }

    private String fence() {
        return among.isEmpty() ? "none" : "only " + String.join(" or ", among.stream().sorted().toList());
    }
}
