package conduit.expression;

/** Reads {@code * + ?} and {@code {n,m}} behind a part. */
final class Repeats {

    static final int MOST = 1_000;
    private static final String PLAIN = "Write it without the last +: no expression takes long here, so none needs it.";

    private Repeats() {
    }

    /** The part, repeated if a repetition follows. */
    static Node read(Cursor cursor, Node part) {
        int from = cursor.at();
        Node.Repeat repeat = repeat(cursor, part, from);
        if (repeat == null) {
            return part;
        }
        long together = (long) repeat.copies() * most(part);
        if (together > MOST) {
            throw cursor.wrong(from, "a repetition that comes to " + together + " times, counting what it repeats",
                    "Keep counted repetitions within each other to " + MOST + " times together, or write * or +.");
        }
        if (cursor.eat("+")) {
            throw cursor.wrong(from, "a possessive repetition, which is not supported", PLAIN);
        }
        // Lazy or not, the same texts fit.
        cursor.eat("?");
        int next = cursor.at();
        if (cursor.sees("*") || cursor.sees("+") || cursor.sees("?") || cursor.sees("{")) {
            throw cursor.wrong(next, "a repetition directly behind another one",
                    "Put what it repeats in brackets, as in (?:a+)*.");
        }
        return repeat;
    }

    private static Node.Repeat repeat(Cursor cursor, Node part, int from) {
        if (cursor.eat("*")) {
            return Node.Repeat.any(part);
        }
        if (cursor.eat("+")) {
            return new Node.Repeat(part, 1, Node.UNBOUNDED);
        }
        if (cursor.eat("?")) {
            return new Node.Repeat(part, 0, 1);
        }
        if (!cursor.eat("{")) {
            return null;
        }
        String count = cursor.upTo("}");
        if (count == null || !count.matches("\\d{1,9}(,(\\d{1,9})?)?")) {
            throw cursor.wrong(from, "a curly bracket that counts nothing",
                    "Write {3}, {3,} or {3,5} to repeat, or \\{ for the character itself.");
        }
        String[] ends = count.split(",", -1);
        int least = Integer.parseInt(ends[0]);
        int most = ends.length == 1 ? least : ends[1].isEmpty() ? Node.UNBOUNDED : Integer.parseInt(ends[1]);
        if (least > MOST || most > MOST) {
            throw cursor.wrong(from, "a count above " + MOST, "Count to at most " + MOST + ", or write * or +.");
        }
        if (most != Node.UNBOUNDED && most < least) {
            throw cursor.wrong(from, "a count whose end is below its beginning", "Write the smaller number first.");
        }
        return new Node.Repeat(part, least, most);
    }

    private static long most(Node node) {
        long inside = node.children().stream().mapToLong(Repeats::most).max().orElse(1);
        return node instanceof Node.Repeat repeat ? repeat.copies() * inside : inside;
    }
}
