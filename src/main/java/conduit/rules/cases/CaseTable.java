package conduit.rules.cases;

import conduit.rules.engine.RuleSet;
import conduit.rules.form.RuleProblem;

import java.util.List;

public final class CaseTable {
    public static CaseTable read(String file, String text) {
        return new CaseTable();
    }

    public List<RuleProblem> problems() {
        return List.of();
    }

    public List<RuleProblem> failures(RuleSet rules) {
        return List.of();
    }
}
