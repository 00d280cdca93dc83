package conduit.rules.cases;

import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;

import java.util.ArrayList;
import java.util.List;

/** The examples beside a rule file, such as {@code routing.cases.csv} beside {@code routing.drl}. */
public final class CaseTable {

    /** The end of the names of such tables; before it stands the rule file's name without what tells its form. */
    public static final String END = ".cases.csv";
    /** As many problems are told; the others are counted. */
    static final int MOST_TOLD = 20;

    private final String file;
    private final List<Case> cases;
    private final List<RuleProblem> problems;

    private CaseTable(String file, List<Case> cases, List<RuleProblem> problems) {
        this.file = file;
        this.cases = List.copyOf(cases);
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads a table; what is wrong with it, {@link #problems} tells.
     *
     * @param file the table's own name
     */
    public static CaseTable read(String file, String text) {
        Grid grid = Grid.read(file, text);
        List<RuleProblem> problems = new ArrayList<>(grid.problems());
        if (!problems.isEmpty()) {
            return new CaseTable(file, List.of(), problems);
        }
        if (grid.rows().isEmpty()) {
            return new CaseTable(file, List.of(), List.of(new RuleProblem(file, 0, null, "The table is empty.",
                    "Name the columns in its first row, such as prompt,model,rule, and write an example in each row "
                            + "below; or remove the file.")));
        }
        Header header = Header.read(file, grid.rows().get(0));
        problems.addAll(header.problems());
        CaseReader reader = new CaseReader(file, grid, header.columns());
        if (problems.isEmpty()) {
            grid.rows().stream().skip(1).forEach(reader::read);
            problems.addAll(reader.problems());
            if (grid.rows().size() == 1) {
                problems.add(new RuleProblem(file, grid.rows().get(0).line(), null, "The table has columns, but no "
                        + "row below them.", "Write an example in each row; or remove the file."));
            }
        }
        return new CaseTable(file, reader.cases(), shortened(file, problems, "problems"));
    }

    /** What is wrong with the table itself; none if all is well. */
    public List<RuleProblem> problems() {
        return problems;
    }

    /** The rows that can be understood. */
    public List<Case> cases() {
        return cases;
    }

    /**
     * The result of each row, in their order. Where the rules take too long for one, it is the last.
     *
     * @param rules those of the file that the table belongs to, and no others
     */
    public List<CaseResult> run(RuleSet rules) {
        return new CaseRun(file, rules).all(cases);
    }

    /**
     * The rows that the rules do not answer as said, the first ones told and the others counted; none if all is well.
     *
     * @param rules those of the file that the table belongs to, and no others
     */
    public List<RuleProblem> failures(RuleSet rules) {
        return shortened(file, run(rules).stream().filter(result -> !result.ok()).map(CaseResult::failure).toList(),
                "rows");
    }

    private static List<RuleProblem> shortened(String file, List<RuleProblem> problems, String what) {
        int more = problems.size() - MOST_TOLD;
        if (more <= 0) {
            return problems;
        }
        List<RuleProblem> told = new ArrayList<>(problems.subList(0, MOST_TOLD));
        told.add(new RuleProblem(file, problems.get(MOST_TOLD).line(), null, "And " + more + " more " + (more == 1
                ? what.substring(0, what.length() - 1) : what) + " from this line on.", "Begin with those above."));
        return told;
    }
}
