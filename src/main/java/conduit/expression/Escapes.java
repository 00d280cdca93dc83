package conduit.expression;

import java.util.List;
import java.util.Map;

/** Reads what stands behind a backslash. */
final class Escapes {

    private static final Map<Character, Integer> CHARACTERS = Map.of('t', 9, 'n', 10, 'r', 13, 'f', 12, 'a', 7, 'e', 27);
    private static final Map<Character, String> EDGES = Map.of('A', "\\A", 'z', "\\z", 'b', "\\b", 'B', "\\B");
    private static final String LAST = "Write \\z for the end of the text.";
    private static final Map<Character, String[]> UNSUPPORTED = Map.of(
            'Z', new String[]{"the end before a last line end, which is not supported", LAST},
            'G', new String[]{"the end of the match before, which is not supported", "Remove it."},
            'k', new String[]{"a reference back to a group, which is not supported",
                "Write out what may stand there, or compare in a second condition."},
            'X', new String[]{"a character with its accents, which is not supported", "Write .\\p{M}* instead."},
            'N', new String[]{"a character by its name, which is not supported", "Type the character itself."},
            'E', new String[]{"an end of quoting without its beginning", "Write \\Q before, or remove it."});

    private final Cursor cursor;

    Escapes(Cursor cursor) {
        this.cursor = cursor;
    }

    /** What a backslash outside [ ] stands for; the backslash is read. */
    Node part(int from, Flags flags) {
        int letter = cursor.peek();
        if (cursor.eat("b{g}")) {
            throw cursor.wrong(from, "an edge of another kind than of a word, which is not supported", "Write \\b.");
        }
        if (letter >= 0 && letter < 128 && EDGES.containsKey((char) letter)) {
            cursor.next();
            return new Node.Edge(EDGES.get((char) letter));
        }
        if (cursor.eat("R")) {
            return new Node.Choice(List.of(new Node.Sequence(List.of(new Node.Letter('\r', false),
                    new Node.Letter('\n', false))), new Node.Chars(Sets.named('v'))));
        }
        String set = set(from, flags.fold());
        return set != null ? new Node.Chars(set) : flags.letter(character(from));
    }

    /** The set that a backslash begins, inside or outside [ ]; null, and nothing read, where it is one character. */
    String set(int from, boolean fold) {
        if (cursor.eat("p")) {
            return Sets.property(cursor, from, false, fold);
        }
        if (cursor.eat("P")) {
            return Sets.property(cursor, from, true, fold);
        }
        String named = cursor.peek() < 0 || cursor.peek() > 127 ? null : Sets.named(cursor.peek());
        if (named != null) {
            cursor.next();
        }
        return named;
    }

    /** The one character that a backslash stands for. */
    int character(int from) {
        if (!cursor.more()) {
            throw cursor.wrong(from, "a backslash with nothing behind it", "Write \\\\ for the character itself.");
        }
        int letter = cursor.next();
        if (letter > 127 || !Character.isLetterOrDigit(letter)) {
            return letter;
        }
        if (CHARACTERS.containsKey((char) letter)) {
            return CHARACTERS.get((char) letter);
        }
        if (letter == 'c' && cursor.more()) {
            return cursor.next() ^ 64;
        }
        if (letter == '0') {
            return number(8, 1, cursor.peek() >= '0' && cursor.peek() <= '3' ? 3 : 2, from);
        }
        if (letter == 'x' && cursor.eat("{")) {
            int code = whole(from, number(16, 1, 6, from));
            if (!cursor.eat("}")) {
                throw badCode(from);
            }
            return code;
        }
        if (letter == 'x' || letter == 'u') {
            int digits = letter == 'x' ? 2 : 4;
            int code = number(16, digits, digits, from);
            if (letter == 'u' && Character.isHighSurrogate((char) code) && cursor.eat("\\u")) {
                char low = (char) number(16, 4, 4, from);
                code = Character.isLowSurrogate(low) ? Character.toCodePoint((char) code, low) : code;
            }
            return whole(from, code);
        }
        throw unsupported(from, (char) letter);
    }

    private int number(int radix, int least, int most, int from) {
        int code = 0;
        int digits = 0;
        while (digits < most && Character.digit(cursor.peek(), radix) >= 0 && cursor.peek() < 128) {
            code = code * radix + Character.digit(cursor.next(), radix);
            digits++;
        }
        if (digits < least) {
            throw badCode(from);
        }
        return code;
    }

    private int whole(int from, int code) {
        if (code > Character.MAX_CODE_POINT || Character.getType(code) == Character.SURROGATE) {
            throw badCode(from);
        }
        return code;
    }

    private ExpressionException badCode(int from) {
        return cursor.wrong(from, "no code of a character", "Type the character itself.");
    }

    private ExpressionException unsupported(int from, char letter) {
        String[] why = UNSUPPORTED.get(letter >= '1' && letter <= '9' ? 'k' : letter);
        return why == null ? cursor.wrong(from, "a backslash before a letter or digit without a meaning there",
                "Remove the backslash, or write \\\\ for the backslash itself.") : cursor.wrong(from, why[0], why[1]);
    }
}
