package conduit.rules.warning;

import conduit.rules.condition.Condition;
import conduit.rules.engine.Rule;
import conduit.rules.reasoning.Reasoning;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds rules that can never match. */
final class Dead {

    private static final Map<String, String> RANGES = Map.of("hour", "Hours go from 0 to 23.",
            "inlet", "The inlet is file, http or queue.", "dayOfWeek", "Days go from MONDAY to SUNDAY.");
    private static final int MOST_PARTS = 50;
    private static final int LONGEST = 120;

    private Dead() {
    }

    static void find(List<Ranked> rules, Findings findings) {
        for (Ranked one : rules) {
            if (!one.reach().isSome()) {
                findings.add(() -> warning(one.rule()));
            }
        }
    }

    private static RuleWarning warning(Rule rule) {
        List<Condition> parts = parts(rule.condition()).limit(MOST_PARTS).toList();
        for (Condition part : parts) {
            if (!Reasoning.canHold(part)) {
                String range = part.tests().map(test -> RANGES.get(test.fact().drl())).filter(r -> r != null)
                        .findFirst().orElse("");
                return RuleWarning.of(rule, "It can never match: " + shortened(part) + " is never true.",
                        (range + " Mend this condition, or remove the rule.").strip());
            }
        }
        for (Condition part : parts) {
            for (Condition other : parts.subList(parts.indexOf(part) + 1, parts.size())) {
                if (!Reasoning.canBoth(part, other)) {
                    return RuleWarning.of(rule, "It can never match: " + shortened(part) + " and " + shortened(other)
                            + " are never true of one request.",
                            "Write || between them if one is enough, or remove one of them.");
                }
            }
        }
        return RuleWarning.of(rule, "It can never match: its conditions contradict each other.",
                "Remove one of them, or remove the rule.");
    }

    private static String shortened(Condition part) {
        String text = part.drl();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The parts that must all hold. */
    private static Stream<Condition> parts(Condition condition) {
        return condition instanceof Condition.All || condition instanceof Condition.Pattern
                ? condition.parts().stream().flatMap(Dead::parts) : Stream.of(condition);
    }
}
