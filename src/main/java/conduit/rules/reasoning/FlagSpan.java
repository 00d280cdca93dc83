package conduit.rules.reasoning;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What a list of texts may be.
 *
 * @param has   what is in it
 * @param lacks what is not
 */
record FlagSpan(Set<String> has, Set<String> lacks) implements Span {

    @Override
    public Span and(Span other) {
        return new FlagSpan(union(has, ((FlagSpan) other).has), union(lacks, ((FlagSpan) other).lacks));
    }

    @Override
    public boolean isEmpty() {
        return !Collections.disjoint(has, lacks);
    }

    static <T> Set<T> union(Set<T> one, Set<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Set<T> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
