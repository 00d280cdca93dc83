package conduit.expression;

import java.util.ArrayList;
import java.util.List;

/** Reads Java's syntax and refuses what RE2/J lacks or would take for something else. */
final class Parser {

    static final int DEEPEST = 50;

    private final Cursor cursor;
    private final Escapes escapes;
    private Flags flags = Flags.NONE;

    private Parser(String expression) {
        cursor = new Cursor(expression);
        escapes = new Escapes(cursor);
    }

    /** @throws ExpressionException when it is not well formed or not supported */
    static Node parse(String expression) {
        Parser parser = new Parser(expression);
        Node node = parser.choice(0);
        if (parser.cursor.more()) {
            throw parser.cursor.wrong(parser.cursor.at(), "a bracket that closes nothing",
                    "Remove it, or write \\) for the character itself.");
        }
        return node;
    }

    private Node choice(int depth) {
        List<Node> options = new ArrayList<>();
        do {
            options.add(sequence(depth));
        } while (cursor.eat("|"));
        return options.size() == 1 ? options.get(0) : new Node.Choice(options);
    }

    private Node sequence(int depth) {
        List<Node> parts = new ArrayList<>();
        while (cursor.more() && !cursor.sees("|") && !cursor.sees(")")) {
            int from = cursor.at();
            if (cursor.eat("\\Q")) {
                String quoted = cursor.upTo("\\E");
                quoted = quoted == null ? cursor.rest() : quoted;
                Cursor inside = new Cursor(quoted);
                while (inside.more()) {
                    parts.add(flags.letter(inside.next()));
                }
                if (!quoted.isEmpty()) {
                    parts.add(Repeats.read(cursor, parts.remove(parts.size() - 1)));
                }
            } else {
                Node part = atom(depth, from);
                if (part != null) {
                    parts.add(Repeats.read(cursor, part));
                }
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Node.Sequence(parts);
    }

    /** One part without what repeats it; null where only flags stand. */
    private Node atom(int depth, int from) {
        int character = cursor.next();
        return switch (character) {
            case '(' -> group(depth + 1, from);
            case '[' -> ClassParser.read(cursor, escapes, flags);
            case '.' -> flags.dot();
            case '^' -> flags.start();
            case '$' -> flags.end();
            case '\\' -> escapes.part(from, flags);
            case '*', '+', '?' -> throw cursor.wrong(from, "a repetition with nothing before it to repeat",
                    "Write what it repeats before it, or \\" + (char) character + " for the character itself.");
            case '{' -> throw cursor.wrong(from, "a curly bracket that counts nothing",
                    "Write \\{ for the character itself.");
            default -> flags.letter(character);
        };
    }

    private Node group(int depth, int from) {
        if (depth > DEEPEST) {
            throw cursor.wrong(from, "a bracket within " + DEEPEST + " others", "Nest brackets at most " + DEEPEST
                    + " deep.");
        }
        Flags outside = flags;
        if (cursor.sees("?") && !Groups.named(cursor, from)) {
            flags = Groups.flags(cursor, from, flags);
            if (cursor.eat(")")) {
                return null;
            }
            cursor.eat(":");
        }
        Node inside = choice(depth);
        if (!cursor.eat(")")) {
            throw cursor.wrong(from, "a bracket that is never closed",
                    "Write ) where it ends, or \\( for the character itself.");
        }
        flags = outside;
        return inside;
    }
}
