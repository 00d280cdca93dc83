package conduit.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Characters that stand in every text that a row of parts fits.
 *
 * @param text the characters, folded if {@code folded}
 * @param before the most characters that the row takes before them, or UNBOUNDED
 * @param whole whether the row is these characters and nothing else
 */
record Literal(String text, boolean folded, int before, boolean whole) {

    /** A search for more characters may take their number times the length of the text. */
    private static final int LONGEST = 32;

    /** The longest one; null where there is none. */
    static Literal of(List<Node> row) {
        Literal best = null;
        for (int start = 0; start < row.size(); start++) {
            Literal found = at(row, start);
            if (found != null && (best == null || found.text.length() > best.text.length())) {
                best = found;
            }
        }
        return best;
    }

    private static Literal at(List<Node> row, int start) {
        List<Node.Letter> letters = new ArrayList<>();
        for (Node node : row.subList(start, row.size())) {
            boolean fits = node instanceof Node.Letter letter && letters.size() < LONGEST
                    // Their two halves can't be folded one by one.
                    && !(letter.fold() && letter.character() > Character.MAX_VALUE);
            if (!fits) {
                break;
            }
            letters.add((Node.Letter) node);
        }
        if (letters.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        letters.forEach(letter -> text.appendCodePoint(letter.character()));
        boolean folded = letters.stream().anyMatch(Node.Letter::fold);
        boolean exact = letters.stream().allMatch(letter -> letter.fold() == folded
                || !Fold.hasCase(letter.character()));
        return new Literal(folded ? Fold.of(text.toString()) : text.toString(), folded,
                longest(row.subList(0, start)), exact && letters.size() == row.size());
    }

    boolean isIn(Subject subject) {
        return in(subject).contains(text);
    }

    String in(Subject subject) {
        return folded ? subject.folded() : subject.text();
    }

    /** The most characters, in halves of pairs, that a row takes. */
    private static int longest(List<Node> row) {
        long sum = 0;
        for (Node node : row) {
            int one = longest(node);
            if (one == Node.UNBOUNDED) {
                return Node.UNBOUNDED;
            }
            sum += one;
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    private static int longest(Node node) {
        if (node instanceof Node.Letter || node instanceof Node.Chars) {
            return 2;
        }
        if (node instanceof Node.Choice choice) {
            return choice.options().stream().map(Literal::longest).reduce(0, (a, b) -> a < 0 || b < 0
                    ? Node.UNBOUNDED : Math.max(a, b));
        }
        if (node instanceof Node.Repeat repeat) {
            int once = longest(repeat.part());
            return once < 0 || repeat.most() == Node.UNBOUNDED ? Node.UNBOUNDED : once * repeat.most();
        }
        return longest(node.children());
    }
}
