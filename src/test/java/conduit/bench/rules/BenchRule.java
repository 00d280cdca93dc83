package conduit.bench.rules;

/**
 * A rule as data, from which every engine's own form is written.
 *
 * @param priority the higher goes first; no two rules of a set have the same
 * @param model    where it sends a request
 */
record BenchRule(int priority, String model, When when) {

    /** What it looks at. */
    sealed interface When {
    }

    /** A text that is equal, and a number that is greater: two comparisons. */
    record Equality(String agentType, int moreThan) implements When {
    }

    /** A number between two others, both included. */
    record Range(int from, int to) implements When {
    }

    /** A text somewhere in the prompt. */
    record Word(String word) implements When {
    }

    /** A member of the list of flags. */
    record Member(String flag) implements When {
    }

    /** Somewhere in the prompt this text, a hyphen, digits and an x. */
    record Expression(String before) implements When {

        /** A regular expression that every engine's dialect reads the same way; it is to be found anywhere. */
        String pattern() {
            return before + "-[0-9]+x";
        }
    }

    /** The name by which the engines' decisions are compared. */
    String name() {
        return "rule " + priority;
    }
}
