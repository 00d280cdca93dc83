package conduit.expression;

/** A text that many expressions look at: what they all need of it is found once. Safe for use by many threads. */
public final class Subject {

    private final String text;
    // Found twice when two threads come at once, with the same result.
    private volatile String folded;
    private volatile Boolean oneLine;

    private Subject(String text) {
        this.text = text;
    }

    /** Null for a null text, which no expression fits. */
    public static Subject of(CharSequence text) {
        return text == null ? null : new Subject(text.toString());
    }

    String text() {
        return text;
    }

    /** The text with small letters only, as long as the text itself. */
    String folded() {
        if (folded == null) {
            folded = Fold.of(text);
        }
        return folded;
    }

    /** Whether no character ends a line, in Java's sense of {@code .}. */
    boolean isOneLine() {
        if (oneLine == null) {
            oneLine = text.chars().noneMatch(Subject::endsLine);
        }
        return oneLine;
    }

    static boolean endsLine(int character) {
        return character == '\n' || character == '\r' || character == '\u0085' || character == '\u2028'
                || character == '\u2029';
    }

    @Override
    public String toString() {
        return text;
    }
}
