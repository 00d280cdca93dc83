package conduit.rules.reasoning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Requests each of whose facts lies in a span of its own. Facts without a span may be anything. */
final class Box {

    /** All requests. */
    static final Box ANY = new Box(new String[0], new Span[0]);

    /** Names of facts, in rising order. */
    private final String[] facts;
    private final Span[] spans;

    private Box(String[] facts, Span[] spans) {
        this.facts = facts;
        this.spans = spans;
    }

    static Box of(String fact, Span span) {
        return new Box(new String[] {fact.intern()}, new Span[] {span});
    }

    /** The requests in both, or nothing if there can be none. */
    Optional<Box> and(Box other) {
        String[] names = new String[facts.length + other.facts.length];
        Span[] both = new Span[names.length];
        int count = 0;
        for (int i = 0, j = 0; i < facts.length || j < other.facts.length; count++) {
            int order = i == facts.length ? 1 : j == other.facts.length ? -1 : facts[i].compareTo(other.facts[j]);
            names[count] = order <= 0 ? facts[i] : other.facts[j];
            both[count] = order < 0 ? spans[i] : order > 0 ? other.spans[j] : spans[i].and(other.spans[j]);
            if (order == 0 && both[count].isEmpty()) {
                return Optional.empty();
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return Optional.of(new Box(Arrays.copyOf(names, count), Arrays.copyOf(both, count)));
    }

    /** Whether a request can be in both. */
    boolean meets(Box other) {
        for (int i = 0, j = 0; i < facts.length && j < other.facts.length; ) {
            int order = facts[i].compareTo(other.facts[j]);
            if (order == 0 && !spans[i].meets(other.spans[j])) {
                return false;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return true;
    }

    /** The one fact that has a span, or null if none or several have one. */
    String onlyFact() {
        return facts.length == 1 ? facts[0] : null;
    }

    /** The requests in at least one of two boxes of the same only fact, or nothing if no box tells that exactly. */
    Optional<Span> or(Box other) {
        return spans[0].or(other.spans[0]);
    }

    List<String> facts() {
        return Arrays.asList(facts);
    }

    List<Span> spans() {
        return Arrays.asList(spans);
    }
}
