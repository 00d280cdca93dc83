package conduit.rules.reasoning;

import conduit.rules.condition.Condition;
import conduit.rules.reasoning.TextSpan.Listed;
import conduit.rules.reasoning.TextSpan.Marked;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The requests that a condition lets through, told from the condition alone; for comparing it with many others. They
 * may be told too wide, but never too narrow: a "never" is proven, a "maybe" is not.
 */
public final class Reach {

    private static final int FEW = 8;

    private final List<Box> inside;
    private final List<Box> outside;
    private final int texts;
    private final int expressions;

    private Reach(List<Box> inside, List<Box> outside) {
        this.inside = List.copyOf(inside);
        this.outside = List.copyOf(outside);
        texts = inside.stream().flatMap(box -> box.spans().stream()).mapToInt(Reach::textsOf).sum();
        expressions = inside.stream().flatMap(box -> box.spans().stream()).mapToInt(Reach::expressionsOf).sum();
    }

    /** What a condition reaches. */
    public static Reach of(Condition condition) {
        return new Reach(Boxes.of(condition, true), Boxes.of(condition, false));
    }

    /** Whether a request can be reached at all. */
    public boolean isSome() {
        return !inside.isEmpty();
    }

    /** Whether one request can be reached by both. */
    public boolean meets(Reach other) {
        return meets(inside, other.inside);
    }

    /** Whether the other surely reaches every request that this one reaches. */
    public boolean isWithin(Reach other) {
        return !meets(inside, other.outside);
    }

    private static boolean meets(List<Box> some, List<Box> others) {
        for (int i = 0; i < some.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                if (some.get(i).meets(others.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How long comparing the two takes, roughly, as a multiple of two simple conditions. */
    public long effort(Reach other) {
        long pairs = (long) inside.size() * Math.max(other.inside.size(), other.outside.size());
        return Math.max(1, pairs) + ((long) texts * other.expressions + (long) other.texts * expressions) / 64;
    }

    /**
     * Words under which it is found: one reach is within another only if {@link #lookups} of the one has a word of
     * {@code words} of the other, or in rare cases of several alternatives that cover it only together.
     */
    public Set<String> words() {
        if (outside.isEmpty()) {
            return Set.of("");
        }
        List<String> words = new ArrayList<>();
        for (Box box : inside) {
            List<String> best = List.of(box.facts().isEmpty() ? "" : box.facts().get(0));
            for (int i = box.facts().size() - 1; i >= 0; i--) {
                List<String> these = words(box.facts().get(i), box.spans().get(i));
                best = these.isEmpty() ? best : these;
            }
            words.addAll(best);
        }
        return Set.copyOf(words);
    }

    /** Words under which those are found that may hold wherever this one does. */
    public Set<String> lookups() {
        if (inside.isEmpty()) {
            return Set.of();
        }
        Box first = inside.get(0);
        Stream<String> words = Stream.of("");
        for (int i = 0; i < first.facts().size(); i++) {
            String fact = first.facts().get(i);
            Span span = first.spans().get(i);
            words = Stream.concat(words, Stream.of(fact));
            if (span instanceof Listed listed) {
                words = Stream.concat(words, listed.texts().stream().limit(1).map(text -> fact + "=" + text));
            } else if (span instanceof FlagSpan flags) {
                words = Stream.concat(words, flags.has().stream().map(flag -> fact + "=" + flag));
            }
        }
        return Set.copyOf(words.toList());
    }

    private static List<String> words(String fact, Span span) {
        if (span instanceof Listed listed && listed.texts().size() <= FEW) {
            return listed.texts().stream().map(text -> fact + "=" + text).toList();
        }
        return span instanceof FlagSpan flags ? flags.has().stream().limit(1).map(flag -> fact + "=" + flag).toList()
                : List.of();
    }

    private static int textsOf(Span span) {
        return span instanceof Listed listed ? listed.texts().stream().mapToInt(t -> t == null ? 1 : t.length()).sum()
                : 0;
    }

    private static int expressionsOf(Span span) {
        return span instanceof Marked marked ? Stream.concat(marked.has().stream(), marked.lacks().stream())
                .mapToInt(TextMark::effort).sum() : 0;
    }
}
