package conduit.rules.cases;

import conduit.rules.text.RuleProblem;

/**
 * What came of one row.
 *
 * @param line          of the row, from 1
 * @param remark        what its author wrote beside it, or null
 * @param expectedModel a model's full id, {@link Expected#DENY}, {@link Expected#NONE}, or null for anything
 * @param expectedRule  the rule that was to decide, {@link Expected#NONE}, or null for any
 * @param actualModel   a model's full id, {@link Expected#DENY}, {@link Expected#NONE}; null if the rules gave up
 * @param actualRule    the rule that decided, or null
 * @param failure       what is not as it was expected, or null if all is
 */
public record CaseResult(int line, String remark, String expectedModel, String expectedRule, String actualModel,
                         String actualRule, RuleProblem failure) {

    /** Whether the rules answer as the row says. */
    public boolean ok() {
        return failure == null;
    }
}
