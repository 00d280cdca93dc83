package conduit.expression;

/** A place in an expression that is being read. */
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean more() {
        return at < text.length();
    }

    boolean sees(String next) {
        return text.startsWith(next, at);
    }

    boolean eat(String next) {
        boolean sees = sees(next);
        if (sees) {
            at += next.length();
        }
        return sees;
    }

    /** The next character without going on, or -1 at the end. */
    int peek() {
        return more() ? text.codePointAt(at) : -1;
    }

    int next() {
        int character = text.codePointAt(at);
        if (Character.getType(character) == Character.SURROGATE) {
            throw wrong(at, "half a character", "Type the character as a whole.");
        }
        at += Character.charCount(character);
        return character;
    }

    /** What stands before {@code end}, going on behind it; null where it never comes. */
    String upTo(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return null;
        }
        String between = text.substring(at, found);
        at = found + end.length();
        return between;
    }

    /** All that is left. */
    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    /** What was read since {@code from}. */
    String since(int from) {
        return text.substring(from, at);
    }

    /** A fault that began at {@code from}; {@code what} ends "… is", as in "a look ahead, which is not supported". */
    ExpressionException wrong(int from, String what, String fix) {
        String found = text.substring(from, Math.min(text.length(), Math.max(at, from + 1)));
        String shown = found.length() > 20 ? found.substring(0, 20) + "…" : found;
        String where = found.isEmpty() ? "At its end" : "At character " + (from + 1) + " \"" + shown + "\"";
        return new ExpressionException(where + " is " + what + ".", fix, from + 1);
    }
}
