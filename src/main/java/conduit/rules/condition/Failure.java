package conduit.rules.condition;

import conduit.rules.fact.Request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition that did not hold, and why.
 *
 * @param condition as its author would write it
 * @param facts     what the fields in it are in this request, long texts cut; null for what the sender left out
 */
public record Failure(String condition, Map<String, Object> facts) {

    private static final int LONGEST = 80;

    /** The first condition that keeps a rule from holding, or nothing if it holds. */
    public static Optional<Failure> first(Condition condition, Request request) {
        if (condition.on(request) == Truth.TRUE) {
            return Optional.empty();
        }
        if (condition instanceof Condition.All || condition instanceof Condition.Pattern) {
            return condition.parts().stream().flatMap(part -> first(part, request).stream()).findFirst();
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        condition.tests().forEach(test -> {
            facts.put(test.fact().drl(), shortened(test.fact().of(request)));
            if (test.value() instanceof Operand other) {
                facts.put(other.drl(), shortened(other.of(request)));
            }
        });
        return Optional.of(new Failure(condition.drl(), facts));
    }

    private static Object shortened(Object fact) {
        return fact instanceof String text && text.codePointCount(0, text.length()) > LONGEST
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…" : fact;
    }
}
