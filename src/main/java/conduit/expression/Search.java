package conduit.expression;

import com.google.re2j.Pattern;

import java.util.List;

/** Looks for a row of parts, anywhere or bound to an end of the text. */
final class Search {

    private static final int LOOK_EVERY = 4_096;

    private final Pattern program;
    private final Literal literal;
    private final boolean fromStart;
    private final boolean toEnd;
    private final int lookEvery;

    /** @param fromStart whether it must begin where the text begins */
    Search(List<Node> row, boolean fromStart, boolean toEnd) {
        this.fromStart = fromStart;
        this.toEnd = toEnd;
        literal = Literal.of(row);
        program = Pattern.compile((fromStart ? "\\A" : "") + Print.of(row) + (toEnd ? "\\z" : ""));
        lookEvery = Math.max(16, LOOK_EVERY / Math.max(1, program.programSize() / 16));
    }

    boolean finds(Subject subject, Deadline deadline) {
        deadline.check();
        if (literal == null) {
            return runs(subject, deadline, 0);
        }
        String text = literal.in(subject);
        if (literal.whole()) {
            return fromStart ? toEnd ? text.equals(literal.text()) : text.startsWith(literal.text())
                    : toEnd ? text.endsWith(literal.text()) : text.contains(literal.text());
        }
        if (fromStart && literal.before() == 0) {
            return text.startsWith(literal.text()) && runs(subject, deadline, 0);
        }
        int at = text.indexOf(literal.text());
        if (at < 0) {
            return false;
        }
        // A match holds the literal here or later, so it begins at most so far before.
        return runs(subject, deadline, fromStart || literal.before() < 0 ? 0 : Math.max(0, at - literal.before()));
    }

    /** Without any shortcut, for comparison. */
    boolean runs(Subject subject, Deadline deadline, int from) {
        String text = subject.text();
        boolean amidPair = from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from))
                && Character.isHighSurrogate(text.charAt(from - 1));
        CharSequence watched = deadline.isNone() ? text : new WatchedText(text, deadline, lookEvery);
        return program.matcher(watched).find(amidPair ? from - 1 : from);
    }
}
