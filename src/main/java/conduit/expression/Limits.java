package conduit.expression;

/** Bounds an expression before anything is built from it. */
final class Limits {

    static final int LONGEST = 1_000;
    static final int STEPS = 3_000;
    /** RE2/J copies the rest of what it reads at each character of a list. */
    private static final int LONGEST_WRITTEN = 4_500;

    private Limits() {
    }

    static void checkLength(String expression) {
        if (expression.length() > LONGEST) {
            throw new ExpressionException("The expression has " + expression.length() + " characters.",
                    "Keep it to " + LONGEST + ", or use several conditions.", LONGEST + 1);
        }
    }

    static void check(Node node) {
        long steps = steps(node);
        if (steps > STEPS) {
            throw new ExpressionException("The expression has " + steps + " parts, counting each as often as it is "
                    + "repeated and a \\p{…} as 10.", "Keep it to " + STEPS + ": repeat less, or use several conditions.",
                    1);
        }
        if (Print.of(node.row()).length() > LONGEST_WRITTEN) {
            throw new ExpressionException("The expression holds too many characters that stand for several, such as "
                    + "letters under (?i), . and lists.", "Use several conditions.", 1);
        }
    }

    /** About as many as RE2/J makes instructions; a large set of characters counts for more. */
    private static long steps(Node node) {
        long inside = node.children().stream().mapToLong(Limits::steps).sum();
        if (node instanceof Node.Repeat repeat) {
            return repeat.copies() * (inside + 1);
        }
        if (node instanceof Node.Chars chars) {
            return 1 + 10 * chars.set().split("\\\\[pP]", -1).length - 10;
        }
        return Math.max(1, inside + node.children().size());
    }
}
