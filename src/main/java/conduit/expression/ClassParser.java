package conduit.expression;

import java.util.stream.Collectors;

/** Reads a list of characters in [ ]; the opening bracket is read. */
final class ClassParser {

    private static final String ITSELF = "Put a backslash before it for the character itself.";

    private final Cursor cursor;
    private final Escapes escapes;
    private final boolean fold;
    private final StringBuilder set = new StringBuilder();

    private ClassParser(Cursor cursor, Escapes escapes, boolean fold) {
        this.cursor = cursor;
        this.escapes = escapes;
        this.fold = fold;
    }

    static Node read(Cursor cursor, Escapes escapes, Flags flags) {
        return new ClassParser(cursor, escapes, flags.fold()).read(cursor.at() - 1);
    }

    private Node read(int from) {
        if (cursor.eat("^")) {
            set.append('^');
        }
        int empty = cursor.at();
        while (!cursor.sees("]")) {
            if (!cursor.more()) {
                throw cursor.wrong(from, "a list of characters that is never closed",
                        "Write ] where it ends, or \\[ for the character itself.");
            }
            item(cursor.at());
        }
        if (cursor.at() == empty) {
            throw cursor.wrong(from, "a list without characters", "Write \\] for the character itself, as in [\\]].");
        }
        cursor.next();
        return new Node.Chars(set.toString());
    }

    private void item(int from) {
        if (cursor.eat("&&")) {
            throw cursor.wrong(from, "what two lists have in common (&&), which is not supported",
                    "List the characters that are meant, or write \\& for the character itself.");
        }
        if (cursor.sees("[")) {
            throw cursor.wrong(from, "a list within a list, which is not supported",
                    "Put all characters into one list, \\p{Alpha} for [:alpha:], or \\[ for the character itself.");
        }
        if (cursor.eat("\\Q")) {
            throw cursor.wrong(from, "quoting within a list, which is not supported", ITSELF);
        }
        if (cursor.eat("\\")) {
            String named = escapes.set(from, fold);
            if (named != null) {
                set.append(named);
                return;
            }
            range(from, escapes.character(from));
        } else {
            range(from, cursor.next());
        }
    }

    private void range(int from, int first) {
        int last = first;
        if (cursor.sees("-") && !cursor.sees("-]")) {
            cursor.next();
            if (cursor.sees("[") || cursor.sees("&&")) {
                throw noRange(from);
            }
            if (cursor.eat("\\")) {
                if (escapes.set(from, false) != null) {
                    throw noRange(from);
                }
                last = escapes.character(from);
            } else if (cursor.more()) {
                last = cursor.next();
            }
        }
        if (last < first) {
            throw cursor.wrong(from, "a range whose end comes before its beginning", "Write it the other way round.");
        }
        set.append(Print.literal(first)).append(last == first ? "" : "-" + Print.literal(last));
        if (fold) {
            set.append(Fold.beside(first, last).mapToObj(Print::literal).collect(Collectors.joining()));
        }
    }

    private ExpressionException noRange(int from) {
        return cursor.wrong(from, "a range without a character at each end", "Write \\- for the character itself.");
    }
}
