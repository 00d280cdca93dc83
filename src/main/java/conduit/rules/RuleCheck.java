package conduit.rules;

import conduit.rules.text.RuleProblem;
import conduit.rules.warning.RuleWarning;

import java.util.List;

/**
 * What a check of a file found.
 *
 * @param problems what would keep it, or a file that needs it, from serving
 * @param warnings what its author may not have meant; they keep nothing from serving
 */
public record RuleCheck(List<RuleProblem> problems, List<RuleWarning> warnings) {

    public boolean ok() {
        return problems.isEmpty();
    }
}
