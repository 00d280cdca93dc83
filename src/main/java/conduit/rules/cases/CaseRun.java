package conduit.rules.cases;

import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks rules the cases of one table.
 *
 * @param file the table's name
 */
record CaseRun(String file, RuleSet rules) {

    static final String FIX = "Change the rule, or this row if the new answer is right.";

    /** The result of each case; where the rules take too long for one, the cases behind it are not asked. */
    List<CaseResult> all(List<Case> cases) {
        // The first decisions after a compilation take longer than any later one may.
        rules.warmUp();
        List<CaseResult> results = new ArrayList<>();
        for (Case one : cases) {
            RuleOutcome outcome = decide(one);
            if (outcome.gaveUp() != null) {
                results.add(result(one, null, null, new RuleProblem(file, one.line(), null, outcome.gaveUp().why()
                        + " The rows behind this one were not tried.", "Make that rule's expression simpler.")));
                return results;
            }
            Answer answer = Answer.of(outcome);
            String wrong = wrong(one, answer);
            results.add(result(one, answer.decision(), answer.rule(), wrong.isEmpty() ? null
                    : new RuleProblem(file, one.line(), answer.rule(), wrong, FIX)));
        }
        return results;
    }

    /** Asks a second time where the rules took too long: a machine that is busy for a moment is no fault of theirs. */
    private RuleOutcome decide(Case one) {
        RuleOutcome first = rules.decide(one.request());
        return first.gaveUp() == null ? first : rules.decide(one.request());
    }

    private static CaseResult result(Case one, String model, String rule, RuleProblem failure) {
        return new CaseResult(one.line(), one.remark(), one.expected().decision(), one.expected().rule(), model, rule,
                failure);
    }

    private String wrong(Case one, Answer answer) {
        Expected expected = one.expected();
        RuleOutcome outcome = answer.outcome();
        List<String> wrong = new ArrayList<>();
        if (!expected.holdsFor(answer)) {
            wrong.add("Expected " + wanted(expected) + ", but " + answer.told() + "."
                    + new Why(rules).tell(one, answer));
        } else if (expected.reason() != null && !expected.reason().equals(answer.reason())) {
            wrong.add("Expected the reason \"" + expected.reason() + "\", but " + (answer.reason() == null
                    ? "no rule gave one." : "it is \"" + answer.reason() + "\"."));
        }
        if (!expected.categoryHoldsFor(outcome)) {
            wrong.add("Expected " + (expected.category().equals(Expected.NONE) ? "that no rule sets a category"
                    : "the category " + expected.category()) + ", but " + (outcome.category() == null
                    ? "no rule set one." : "the rules set " + outcome.category() + "."));
        }
        if (!expected.amongHoldsFor(outcome)) {
            wrong.add("Expected " + (expected.among().isEmpty() ? "that no rule narrows the choice"
                    : "a choice among " + String.join(", ", expected.among())) + ", but " + (outcome.among() == null
                    ? "no rule narrowed it." : outcome.among().isEmpty() ? "the rules leave no model."
                    : "the rules leave " + String.join(", ", outcome.among()) + "."));
        }
        return String.join(" ", wrong);
    }

    private static String wanted(Expected expected) {
        String rule = Expected.NONE.equals(expected.rule()) ? null : expected.rule();
        if (expected.decision() == null) {
            return rule == null ? "that no rule decides" : "that \"" + rule + "\" decides or takes part";
        }
        return switch (expected.decision()) {
            case Expected.NONE -> "that no rule decides" + (rule == null ? "" : " and \"" + rule + "\" takes part");
            case Expected.DENY -> "that it is denied" + (rule == null ? "" : " by \"" + rule + "\"");
            default -> expected.decision() + (rule == null ? "" : " by \"" + rule + "\"");
        };
    }
}
