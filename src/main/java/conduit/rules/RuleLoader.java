package conduit.rules;

import conduit.rules.RuleFiles.Material;
import conduit.rules.cases.CaseTable;
import conduit.rules.engine.DrlReader;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;

import java.util.List;

/** Takes a rule file through its checks: read, then compile and run the cases beside it. */
record RuleLoader(DrlReader reader, RuleSet.Bounds bounds) {

    /**
     * A rule file that was taken through its checks.
     *
     * @param rules    none where there are problems
     * @param problems what keeps it from serving
     */
    record Loaded(Material material, List<Rule> rules, List<RuleProblem> problems) {

        boolean isGood() {
            return problems.isEmpty();
        }
    }

    Loaded load(String file, Material material) {
        ReadRules read = reader.read(new RuleSource(file, material.text()), material.dictionaries());
        if (!read.problems().isEmpty()) {
            return new Loaded(material, List.of(), read.problems());
        }
        List<RuleProblem> failures = material.cases() == null ? List.of() : check(material, read.rules());
        return new Loaded(material, failures.isEmpty() ? read.rules() : List.of(), failures);
    }

    private List<RuleProblem> check(Material material, List<Rule> rules) {
        CaseTable cases = CaseTable.read(material.casesFile(), material.cases());
        return cases.problems().isEmpty() ? cases.failures(new RuleSet("cases", rules, bounds)) : cases.problems();
    }
}
