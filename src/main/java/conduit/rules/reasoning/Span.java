package conduit.rules.reasoning;

import java.util.Optional;

/** What one fact may be where a condition holds. It may be told too wide, but never too narrow. */
sealed interface Span permits NumberSpan, TextSpan, FlagSpan, Span.Verdict {

    /** What the fact may be where both hold; the other is of the same fact. */
    Span and(Span other);

    /** What it may be where at least one holds, or nothing if no single span tells that exactly. */
    default Optional<Span> or(Span other) {
        return Optional.empty();
    }

    /** Whether the fact can never be so. */
    boolean isEmpty();

    /** Whether it can be so and so at once. */
    default boolean meets(Span other) {
        return !and(other).isEmpty();
    }

    /** Of a comparison of two facts, or any other that is not looked into: whether it holds. */
    enum Verdict implements Span {
        HOLDS, FAILS, NEITHER;

        @Override
        public Span and(Span other) {
            return this == other ? this : NEITHER;
        }

        @Override
        public boolean isEmpty() {
            return this == NEITHER;
        }
    }
}
