package conduit.expression;

import java.util.List;

/**
 * A part of an expression as it was read, with the flags that hold for it. Groups, names and lazy marks are gone, as
 * none of them changes whether a text fits.
 */
sealed interface Node {

    /** Java's {@code .}: no character that ends a line. */
    Chars DOT = new Chars("^\n\r\u0085\u2028\u2029");
    /** Java's {@code .} under (?d). */
    Chars DOT_UNIX = new Chars("^\n");
    /** Java's {@code .} under (?s). */
    Chars ANY = new Chars("\\x00-\\x{10FFFF}");
    int UNBOUNDED = -1;

    /** One character; {@code fold} takes its capital and its small letter for the same. */
    record Letter(int character, boolean fold) implements Node {
    }

    /** One of many characters; {@code set} stands between [ and ] for RE2/J. */
    record Chars(String set) implements Node {
    }

    /** A place between characters, in RE2/J's syntax. */
    record Edge(String syntax) implements Node {
    }

    /** One after the other. */
    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several. */
    record Choice(List<Node> options) implements Node {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** The same part {@code least} to {@code most} times; {@code most} may be UNBOUNDED. */
    record Repeat(Node part, int least, int most) implements Node {

        static Repeat any(Node part) {
            return new Repeat(part, 0, UNBOUNDED);
        }

        /** How often the part stands in a program. */
        int copies() {
            return Math.max(1, Math.max(least, most));
        }
    }

    /** The parts of a node that stand directly in it. */
    default List<Node> children() {
        if (this instanceof Sequence sequence) {
            return sequence.parts();
        }
        if (this instanceof Choice choice) {
            return choice.options();
        }
        return this instanceof Repeat repeat ? List.of(repeat.part()) : List.of();
    }

    /** The parts in a row, those of rows within the row too. */
    default List<Node> row() {
        return this instanceof Sequence sequence ? sequence.parts().stream().flatMap(part -> part.row().stream()).toList()
                : List.of(this);
    }
}
