package conduit.rules.engine;

import conduit.rules.text.RuleProblem;

import java.util.List;

/** What a file's rules are, or what keeps them from being used: one of the two lists is empty. */
public record ReadRules(List<Rule> rules, List<RuleProblem> problems) {

    public ReadRules {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }
}
