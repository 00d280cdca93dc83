package conduit.rules.engine;

import conduit.rules.condition.Condition;
import conduit.rules.text.Expansion;

import java.util.List;

/**
 * One rule as it was understood; the engine is built from this and from nothing else.
 *
 * @param condition when it holds
 * @param actions   what it then says, in its order
 */
public record Rule(RuleInfo info, boolean enabled, Condition condition, List<Action> actions) {

    public Rule {
        actions = List.copyOf(actions);
    }

    /** The same rule at the line of the author's file from which the DRL line comes. */
    Rule at(Expansion expansion) {
        return new Rule(new RuleInfo(info.file(), info.name(), expansion.line(info.line()), info.salience(),
                info.models()), enabled, condition, actions);
    }

    /** Whether it ends the decision where it holds. */
    public boolean decides() {
        return actions.stream().anyMatch(a -> a instanceof Action.To || a instanceof Action.Deny);
    }

    /** Whether it can refuse a request, or keep it from a model. */
    boolean fences() {
        return actions.stream().anyMatch(a -> a instanceof Action.Among || a instanceof Action.Deny);
    }
}
