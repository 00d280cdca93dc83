package conduit.rules.condition;

import conduit.rules.fact.Request;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a rule holds, as a tree over the one request that a decision knows. The engine compiles what this tree prints,
 * and nothing else: what could not be read into it does not reach the engine.
 */
public sealed interface Condition permits Condition.All, Condition.Any, Condition.Not, Condition.Pattern, Test {

    /** All parts hold; an empty one always does. */
    record All(List<Condition> parts) implements Condition {
    }

    /** At least one part holds. */
    record Any(List<Condition> parts) implements Condition {
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {
    }

    /** {@code Request( … )}: all its comparisons hold. */
    record Pattern(List<Condition> parts) implements Condition {
    }

    /** Whether it holds for a request. */
    default Truth on(Request request) {
        if (this instanceof Test test) {
            return test.holds(request);
        }
        if (this instanceof Not not) {
            return not.part().on(request).not();
        }
        Truth decisive = this instanceof Any ? Truth.TRUE : Truth.FALSE;
        Truth result = decisive.not();
        for (Condition part : parts()) {
            Truth one = part.on(request);
            if (one == decisive) {
                return decisive;
            }
            result = one == Truth.UNKNOWN ? one : result;
        }
        return result;
    }

    /** The parts, none for a comparison. */
    default List<Condition> parts() {
        return this instanceof All all ? all.parts : this instanceof Any any ? any.parts
                : this instanceof Pattern pattern ? pattern.parts : this instanceof Not not ? List.of(not.part)
                : List.of();
    }

    /** All comparisons in it. */
    default Stream<Test> tests() {
        return this instanceof Test test ? Stream.of(test) : parts().stream().flatMap(Condition::tests);
    }

    /** As its author would write it inside {@code Request( … )}. */
    default String drl() {
        return print(Test::text);
    }

    /** As the engine reads it. */
    default String compiled() {
        return print(Test::compiled);
    }

    private String print(Function<Test, String> writer) {
        if (this instanceof Test test) {
            return writer.apply(test);
        }
        if (this instanceof Not not) {
            return "!( " + not.part().print(writer) + " )";
        }
        return parts().isEmpty() ? "true" : parts().stream().map(p -> p instanceof Test || p instanceof Not
                || parts().size() == 1 ? p.print(writer) : "( " + p.print(writer) + " )")
                .collect(Collectors.joining(this instanceof Any ? " || " : " && "));
    }
}
