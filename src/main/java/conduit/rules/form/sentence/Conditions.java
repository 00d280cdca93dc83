package conduit.rules.form.sentence;

import java.util.List;

/** The conditions of one rule, written line by line: the pattern that further lines add to, and the Route. */
final class Conditions {

    private static final String ROUTE = " $route : Route()";

    private final List<String> drl;
    private final int first;
    private final int afterWhen;
    /** The line, from 0, with the bracket that closes the last pattern, and its place; -1 before any pattern. */
    private int closeLine = -1;
    private int closeAt;
    private boolean empty;

    /** Begins behind the word when, with which the last line ends. */
    Conditions(List<String> drl) {
        this.drl = drl;
        this.first = drl.size() - 1;
        this.afterWhen = drl.get(first).length();
    }

    /** Writes a line of patterns. */
    void pattern(String line) {
        int before = append(line);
        closeLine = drl.size() - 1;
        int end = Patterns.end(line);
        closeAt = end < 0 ? -1 : before + end;
        empty = end >= 0 && Patterns.isEmpty(line, end);
    }

    /**
     * Adds a constraint to the last pattern. The bracket moves to this line, so that the constraint stands on its
     * author's line. Without any pattern above, it begins one.
     *
     * @return false if the line above has no pattern
     */
    boolean add(String constraint) {
        if (closeLine < 0) {
            pattern("  Request( " + constraint + " )");
            return true;
        }
        if (closeAt < 0) {
            return false;
        }
        String above = drl.get(closeLine);
        drl.set(closeLine, above.substring(0, closeAt).stripTrailing());
        String mine = (empty ? "      " : "    , ") + constraint + " ";
        closeAt = append(mine + above.substring(closeAt)) + mine.length();
        closeLine = drl.size() - 1;
        empty = false;
        return true;
    }

    /** Lets the rule know the Route where its author did not write it. */
    void close() {
        if (drl.subList(first, drl.size()).stream().noneMatch(Patterns::hasRoute)) {
            String when = drl.get(first);
            drl.set(first, when.substring(0, afterWhen) + ROUTE + when.substring(afterWhen));
        }
    }

    private int append(String more) {
        String line = drl.get(drl.size() - 1);
        drl.set(drl.size() - 1, line + more);
        return line.length();
    }
}
