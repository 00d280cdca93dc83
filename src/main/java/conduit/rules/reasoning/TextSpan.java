package conduit.rules.reasoning;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a text may be. */
sealed interface TextSpan extends Span {

    /** Whether the fact, null if left out, may be this. */
    boolean holds(String text);

    /**
     * One of a few.
     *
     * @param texts with null for a text that was left out
     */
    record Listed(Set<String> texts) implements TextSpan {

        @Override
        public boolean holds(String text) {
            return texts.contains(text);
        }

        @Override
        public Listed and(Span other) {
            TextSpan span = (TextSpan) other;
            return new Listed(texts.stream().filter(span::holds).collect(Collectors.toCollection(HashSet::new)));
        }

        @Override
        public boolean meets(Span other) {
            TextSpan span = (TextSpan) other;
            if (span instanceof Listed listed && listed.texts.size() < texts.size()) {
                return listed.meets(this);
            }
            for (String text : texts) {
                if (span.holds(text)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Optional<Span> or(Span other) {
            return other instanceof Listed listed ? Optional.of(new Listed(FlagSpan.union(texts, listed.texts)))
                    : Optional.empty();
        }

        @Override
        public boolean isEmpty() {
            return texts.isEmpty();
        }
    }

    /**
     * Any with these marks.
     *
     * @param absent whether it may have been left out; then {@code has} is empty
     * @param has    the marks that it has
     * @param lacks  those that it has not
     */
    record Marked(boolean absent, Set<TextMark> has, Set<TextMark> lacks) implements TextSpan {

        @Override
        public boolean holds(String text) {
            return text == null ? absent : has.stream().allMatch(mark -> mark.isOn(text))
                    && lacks.stream().noneMatch(mark -> mark.isOn(text));
        }

        @Override
        public Span and(Span other) {
            return other instanceof Marked marked ? new Marked(absent && marked.absent,
                    FlagSpan.union(has, marked.has), FlagSpan.union(lacks, marked.lacks)) : other.and(this);
        }

        @Override
        public boolean meets(Span other) {
            if (other instanceof Listed listed) {
                return listed.meets(this);
            }
            Marked marked = (Marked) other;
            return absent && marked.absent || !clash(has, marked.lacks) && !clash(marked.has, lacks)
                    && !excludes(has, marked.has);
        }

        @Override
        public boolean isEmpty() {
            return !absent && (clash(has, lacks) || excludes(has, has));
        }

        private static boolean clash(Set<TextMark> has, Set<TextMark> lacks) {
            for (TextMark one : has) {
                for (TextMark other : lacks) {
                    if (one.implies(other)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean excludes(Set<TextMark> some, Set<TextMark> others) {
            for (TextMark one : some) {
                for (TextMark other : others) {
                    if (one.excludes(other)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
