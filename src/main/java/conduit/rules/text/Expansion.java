package conduit.rules.text;

import java.util.List;

/**
 * A rule file written out as DRL, the one language that is checked and compiled.
 *
 * @param drl      the DRL text; empty where there are problems
 * @param lines    for each line of the DRL text the line (of a table: the row) of the author's file that it comes
 *                 from, from 1; 0 where there is none
 * @param problems what kept the file from being written out, in its author's words; none if all is well
 */
public record Expansion(String drl, List<Integer> lines, List<RuleProblem> problems) {

    public Expansion {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** A file that can't be written out. */
    public static Expansion failed(List<RuleProblem> problems) {
        return new Expansion("", List.of(), problems);
    }

    /** The line of the author's file from which a line of the DRL text comes, both from 1; 0 if there is none. */
    public int line(int drlLine) {
        return drlLine >= 1 && drlLine <= lines.size() ? lines.get(drlLine - 1) : 0;
    }
}
