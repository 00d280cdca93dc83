package conduit.expression;

import com.google.re2j.Pattern;

import java.util.List;

/**
 * Matches a text as a whole. Where a row begins or ends with {@code .*}, the rest of it is looked for instead, which
 * means the same if the {@code .*} may take whatever stands there.
 */
final class Whole {

    private static final Node ALL = Node.Repeat.any(Node.ANY);
    private static final Node LINE = Node.Repeat.any(Node.DOT);
    private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";

    private final Search everyText;
    private final Search oneLine;
    private final boolean needsOneLine;

    Whole(List<Node> row) {
        everyText = search(row, List.of(ALL));
        boolean dotted = starts(row, List.of(LINE)) || ends(row, List.of(LINE));
        oneLine = dotted ? search(row, List.of(ALL, LINE)) : everyText;
        needsOneLine = dotted && row.stream().noneMatch(Whole::mayEndLine);
    }

    boolean fits(Subject text, Deadline deadline) {
        if (oneLine != everyText && text.isOneLine()) {
            return oneLine.finds(text, deadline);
        }
        if (needsOneLine) {
            deadline.check();
            return false;
        }
        return everyText.finds(text, deadline);
    }

    private static Search search(List<Node> row, List<Node> free) {
        boolean starts = starts(row, free);
        List<Node> rest = starts ? row.subList(1, row.size()) : row;
        boolean ends = ends(rest, free);
        rest = ends ? rest.subList(0, rest.size() - 1) : rest;
        // One .* alone is free at both ends.
        boolean alone = rest.isEmpty() && (starts || ends);
        return new Search(rest, !starts && !alone, !ends && !alone);
    }

    private static boolean starts(List<Node> row, List<Node> free) {
        return !row.isEmpty() && free.contains(row.get(0));
    }

    private static boolean ends(List<Node> row, List<Node> free) {
        return !row.isEmpty() && free.contains(row.get(row.size() - 1));
    }

    /** What may be left out at an end may be left out of a search. */
    static List<Node> withoutOptionalEnds(List<Node> row) {
        int from = 0;
        int to = row.size();
        while (from < to && isOptional(row.get(from))) {
            from++;
        }
        while (to > from && isOptional(row.get(to - 1))) {
            to--;
        }
        return row.subList(from, to);
    }

    private static boolean isOptional(Node node) {
        return node instanceof Node.Repeat repeat && repeat.least() == 0;
    }

    /** Whether a part may take a character that ends a line. */
    private static boolean mayEndLine(Node node) {
        if (node instanceof Node.Letter letter) {
            return Subject.endsLine(letter.character());
        }
        if (node instanceof Node.Chars chars) {
            return !chars.equals(Node.DOT) && Pattern.compile("[" + chars.set() + "]").matcher(LINE_ENDS).find();
        }
        return node.children().stream().anyMatch(Whole::mayEndLine);
    }
}
