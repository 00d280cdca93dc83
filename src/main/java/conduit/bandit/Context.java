package conduit.bandit;

/**
 * What kind of request it is: one cell of what is learnt.
 *
 * @param category what a rule, the request or its agent says, such as {@code general}
 * @param length   of the input: {@code short}, {@code medium} or {@code long}
 */
public record Context(String category, String length) implements Comparable<Context> {

    /** The category of those that have no cell of their own. */
    public static final String OTHER = "other";
    private static final int SHORT = 1_000;
    private static final int MEDIUM = 8_000;

    /** @param tokens the estimate of input tokens */
    public static Context of(String category, int tokens) {
        return new Context(category, tokens < SHORT ? "short" : tokens < MEDIUM ? "medium" : "long");
    }

    boolean isOther() {
        return category.equals(OTHER);
    }

    /** The one that contexts of this length share which have no cell of their own. */
    Context other() {
        return new Context(OTHER, length);
    }

    @Override
    public int compareTo(Context that) {
        int byCategory = category.compareTo(that.category);
        return byCategory != 0 ? byCategory : length.compareTo(that.length);
    }
}
