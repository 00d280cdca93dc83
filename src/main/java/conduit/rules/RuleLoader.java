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
        if (material.fault() != null) {
            return new Loaded(material, List.of(), List.of(material.fault()));
        }
        ReadRules read = reader.read(new RuleSource(file, material.text()), material.dictionaries());
        if (!read.problems().isEmpty()) {
            return new Loaded(material, List.of(), read.problems());
        }
        Loaded loaded = new Loaded(material, read.rules(), List.of());
        return material.cases() == null ? loaded : tried(file, loaded, CaseTable.read(material.casesFile(), material.cases()));
    }

    private Loaded tried(String file, Loaded loaded, CaseTable cases) {
        if (!cases.problems().isEmpty()) {
            return new Loaded(loaded.material(), List.of(), cases.problems());
        }
        try {
            List<RuleProblem> failures = cases.failures(new RuleSet("cases", loaded.rules(), bounds));
            return failures.isEmpty() ? loaded : new Loaded(loaded.material(), List.of(), failures);
        } catch (RuntimeException | StackOverflowError e) {
            return compile(file, loaded);
        }
    }

    /** The same file, with a problem where its rules were read and don't compile. */
    Loaded compile(String file, Loaded loaded) {
        try {
            new RuleSet("alone", loaded.rules(), bounds);
            return loaded;
        } catch (RuntimeException | StackOverflowError e) {
            return new Loaded(loaded.material(), List.of(), List.of(new RuleProblem(file, 0, null,
                    "The rules can be read, but not be compiled.", "Write smaller rules, and fewer in one file.")));
        }
    }
}
