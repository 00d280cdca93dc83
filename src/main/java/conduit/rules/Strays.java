package conduit.rules;

import conduit.rules.cases.CaseTable;
import conduit.rules.form.Forms;
import conduit.rules.text.RuleProblem;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Files that look as if somebody took them for rules, and that nothing reads. */
final class Strays {

    private static final Pattern LIKE_RULES = Pattern.compile("(?i).*\\.(drl|dsl|dslr|csv|xls|xlsx|xlsm|ods)(\\.txt)?");

    private Strays() {
    }

    /** Whether a note may lie beside a file of this name. */
    static boolean mayBe(String file) {
        return !RuleFiles.isPart(file) && !file.startsWith(".") && !file.startsWith("~")
                && LIKE_RULES.matcher(file).matches();
    }

    /** The problem of a file with this name, if it has one. */
    static Optional<RuleProblem> problem(String file) {
        return mayBe(file) ? Optional.of(new RuleProblem(file, 0, null, "Nothing in this file is used: its name is not "
                + "that of a rule file.", "Let the name end in .drl, .dslr, .drl.csv or .drl.xlsx; a dictionary's in "
                + ".dsl, examples' in .cases.csv. Small letters count.")) : Optional.empty();
    }

    /** The problem of examples for which there is no rule file among these. */
    static Optional<RuleProblem> problem(String file, Set<String> files) {
        if (!file.endsWith(CaseTable.END)) {
            return Optional.empty();
        }
        String stem = file.substring(0, file.length() - CaseTable.END.length());
        return Forms.ENDS.stream().anyMatch(end -> files.contains(stem + end)) ? Optional.empty()
                : Optional.of(new RuleProblem(file, 0, null, "There is no rule file " + stem + ".drl that these examples "
                        + "could belong to.", "Give both the same name, up to .drl (or .dslr, .drl.csv, .drl.xlsx)."));
    }
}
