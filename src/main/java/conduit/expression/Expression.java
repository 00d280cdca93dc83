package conduit.expression;

import java.util.List;

/**
 * A regular expression that takes time linear in the text, whatever the author wrote. It is read in Java's syntax;
 * immutable and safe for use by many threads.
 * <p>
 * It differs from Java: (?i) means the capitals of all scripts, as (?iu); {@code $} is the very end of the text, not
 * before a last line end; under (?m) only \n ends a line; {@code \b} knows the letters A-Z only, as {@code \w} does;
 * {@code \R} may take half of \r\n.
 */
public final class Expression {

    private final String written;
    private final List<Node> row;
    private final Whole whole;
    // Made when it is first asked for; twice when two threads come at once, with the same result.
    private volatile Search inside;

    private Expression(String written, Node node) {
        this.written = written;
        this.row = node.row();
        this.whole = new Whole(row);
    }

    /**
     * Reads an expression of at most 1,000 characters.
     *
     * @throws ExpressionException telling what is wrong and where, in an author's words
     */
    public static Expression compile(String expression) {
        Limits.checkLength(expression);
        Node node = Parser.parse(expression);
        Limits.check(node);
        return new Expression(expression, node);
    }

    /**
     * Whether it matches the text as a whole; false for null.
     *
     * @throws OvertimeException when the deadline passes before the answer is known
     */
    public boolean fits(Subject text, Deadline deadline) {
        return text != null && whole.fits(text, deadline);
    }

    /** As {@link #fits(Subject, Deadline)}, for a text that only this expression looks at. */
    public boolean fits(CharSequence text, Deadline deadline) {
        return fits(Subject.of(text), deadline);
    }

    /**
     * Whether it matches some part of the text, were it an empty one; false for null.
     *
     * @throws OvertimeException when the deadline passes before the answer is known
     */
    public boolean isIn(Subject text, Deadline deadline) {
        if (text == null) {
            return false;
        }
        if (inside == null) {
            inside = new Search(Whole.withoutOptionalEnds(row), false, false);
        }
        return inside.finds(text, deadline);
    }

    /** As {@link #isIn(Subject, Deadline)}, for a text that only this expression looks at. */
    public boolean isIn(CharSequence text, Deadline deadline) {
        return isIn(Subject.of(text), deadline);
    }

    /** The expression as written. */
    @Override
    public String toString() {
        return written;
    }
}
