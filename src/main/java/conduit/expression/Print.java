package conduit.expression;

import java.util.List;
import java.util.stream.Collectors;

/** Writes what was read in RE2/J's syntax, where it means the same. */
final class Print {

    private Print() {
    }

    static String of(List<Node> row) {
        return row.stream().map(Print::of).collect(Collectors.joining());
    }

    private static String of(Node node) {
        if (node instanceof Node.Letter letter) {
            return letter.fold() ? "[" + Fold.same(letter.character()).stream().map(Print::literal)
                    .collect(Collectors.joining()) + "]" : literal(letter.character());
        }
        if (node instanceof Node.Chars chars) {
            return chars.equals(Node.ANY) ? "(?s:.)" : "[" + chars.set() + "]";
        }
        if (node instanceof Node.Edge edge) {
            return edge.syntax();
        }
        if (node instanceof Node.Repeat repeat) {
            return "(?:" + of(repeat.part()) + ")" + count(repeat);
        }
        if (node instanceof Node.Choice choice) {
            return choice.options().stream().map(Print::of).collect(Collectors.joining("|", "(?:", ")"));
        }
        return of(((Node.Sequence) node).parts());
    }

    private static String count(Node.Repeat repeat) {
        if (repeat.most() == Node.UNBOUNDED) {
            return repeat.least() == 0 ? "*" : repeat.least() == 1 ? "+" : "{" + repeat.least() + ",}";
        }
        return repeat.least() == 0 && repeat.most() == 1 ? "?" : "{" + repeat.least() + "," + repeat.most() + "}";
    }

    /** A character for itself, inside and outside [ ]. */
    static String literal(int character) {
        boolean sign = character < 128 && !Character.isLetterOrDigit(character) && character > ' ' && character != 127;
        return (sign ? "\\" : "") + Character.toString(character);
    }
}
