package conduit.rules.form.table;

import conduit.rules.text.RuleProblem;
import java.util.ArrayList;
import java.util.List;

/** The problems that are found in a table, each with its cell. */
final class TableProblems {

    private static final int MOST = 100;
    private static final int SHOWN = 60;

    private final String file;
    private final List<RuleProblem> problems = new ArrayList<>();

    TableProblems(String file) {
        this.file = file;
    }

    /** A cell at fault; row and column from 0. The message goes on from "Cell B12 holds "x": ". */
    void cell(int row, int column, String text, String message, String fix) {
        String holds = text.isEmpty() ? " is empty: " : " holds \"" + shortened(text) + "\": ";
        add(row, "Cell " + Sheet.address(row, column) + holds + message, fix);
    }

    /** A row at fault, from 0. */
    void row(int row, String message, String fix) {
        add(row, message, fix);
    }

    private void add(int row, String message, String fix) {
        if (problems.size() < MOST) {
            problems.add(new RuleProblem(file, row + 1, null, message, fix));
        }
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<RuleProblem> list() {
        return List.copyOf(problems);
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
