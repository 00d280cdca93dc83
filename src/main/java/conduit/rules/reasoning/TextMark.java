package conduit.rules.reasoning;

import conduit.expression.Deadline;
import conduit.expression.Expression;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Something that a text is or is not: equal to another, with a piece in it, fitting an expression. */
final class TextMark {

    /** How the text is compared. */
    enum Kind { EQUALS, CONTAINS, STARTS, ENDS, FITS }

    private static final String ANYTHING = "(?s:.*)";

    private final Kind kind;
    private final String text;
    private final Expression expression;

    private TextMark(Kind kind, String text, Expression expression) {
        this.kind = kind;
        this.text = text;
        this.expression = expression;
    }

    static TextMark of(Kind kind, String text) {
        return new TextMark(kind, text, null);
    }

    /**
     * The mark of a text that fits an expression as a whole; a simpler one where the expression says no more.
     *
     * @throws conduit.expression.ExpressionException if it is none
     */
    static TextMark fitting(String expression) {
        String rest = expression.startsWith("(?s)") ? expression.substring(4) : expression;
        if (rest.startsWith(ANYTHING + "(?:") && rest.endsWith(")" + ANYTHING) && isPlain(rest.substring(10,
                Math.max(10, rest.length() - 8)))) {
            return of(Kind.CONTAINS, rest.substring(10, rest.length() - 8));
        }
        Optional<TextMark> piece = piece(rest);
        boolean exact = expression.startsWith("(?s)") || piece.isPresent() && piece.get().kind == Kind.EQUALS;
        return exact && piece.isPresent() ? piece.get()
                : new TextMark(Kind.FITS, expression, Expression.compile(expression));
    }

    /** What a text that has this mark also has, as far as it is plain. */
    Optional<TextMark> implied() {
        return kind == Kind.FITS ? piece(text) : Optional.empty();
    }

    private static Optional<TextMark> piece(String expression) {
        boolean before = expression.startsWith(".*");
        boolean after = expression.length() >= (before ? 4 : 2) && expression.endsWith(".*");
        String middle = expression.substring(before ? 2 : 0, expression.length() - (after ? 2 : 0));
        return !isPlain(middle) ? Optional.empty() : Optional.of(of(before && after ? Kind.CONTAINS
                : before ? Kind.ENDS : after ? Kind.STARTS : Kind.EQUALS, middle));
    }

    private static boolean isPlain(String expression) {
        return expression.chars().allMatch(c -> !Character.isSurrogate((char) c)
                && (Character.isLetterOrDigit(c) || " _-@%&=:;,'\"/<>!~".indexOf(c) >= 0));
    }

    /** Whether every text has it. */
    boolean isAnything() {
        return text.isEmpty() && List.of(Kind.CONTAINS, Kind.STARTS, Kind.ENDS).contains(kind);
    }

    boolean isOn(String other) {
        return switch (kind) {
            case EQUALS -> other.equals(text);
            case CONTAINS -> other.contains(text);
            case STARTS -> other.startsWith(text);
            case ENDS -> other.endsWith(text);
            case FITS -> expression.fits(other, Deadline.none());
        };
    }

    /** Whether every text with this mark also has the other. */
    boolean implies(TextMark other) {
        if (kind == Kind.FITS || other.kind == Kind.FITS) {
            return equals(other) || kind == Kind.EQUALS && other.isOn(text);
        }
        return kind == Kind.EQUALS || other.kind == Kind.CONTAINS || other.kind == kind ? other.isOn(text) : false;
    }

    /** Whether no text has both marks. */
    boolean excludes(TextMark other) {
        return kind == other.kind && (kind == Kind.STARTS || kind == Kind.ENDS) && !implies(other)
                && !other.implies(this);
    }

    /** How long trying it on a text takes, roughly: the length of an expression. */
    int effort() {
        return kind == Kind.FITS ? text.length() : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextMark mark && kind == mark.kind && text.equals(mark.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, text);
    }
}
