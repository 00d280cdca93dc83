package conduit.cli;

import conduit.rules.engine.RuleOutcome;

import java.util.List;

/**
 * What rules say of a request, as its sender would meet it.
 *
 * @param outcome  {@code model}, {@code denied}, {@code no rule} (the pinned model or the bandit decides), or
 *                 {@code gave up} (the rules took too long)
 * @param rule     the rule that decided, or null
 * @param among    the models that rules left, or null for all
 * @param category what a rule set, or null
 */
record Answer(String outcome, String model, String rule, String reason, List<String> among, String category) {

    static Answer of(RuleOutcome rules) {
        String last = rules.fired().isEmpty() ? null : rules.fired().get(rules.fired().size() - 1);
        if (rules.gaveUp() != null) {
            return new Answer("gave up", null, null, rules.gaveUp().why(), rules.among(), rules.category());
        }
        if (rules.denied()) {
            return new Answer("denied", null, last, rules.reason(), rules.among(), rules.category());
        }
        if (rules.model() != null) {
            return rules.among() == null || rules.among().contains(rules.model())
                    ? new Answer("model", rules.model(), last, rules.reason(), rules.among(), rules.category())
                    : new Answer("denied", null, last, "it sends the request to " + rules.model()
                    + ", which an earlier rule leaves out (" + rules.amongReason() + ")", rules.among(),
                    rules.category());
        }
        boolean noneLeft = rules.among() != null && rules.among().isEmpty();
        return new Answer(noneLeft ? "denied" : "no rule", null, null, noneLeft
                ? "the rules together leave no model (" + rules.amongReason() + ")" : rules.amongReason(),
                rules.among(), rules.category());
    }

    /** The sentence that a user reads first. */
    String told() {
        String decided = switch (outcome) {
            case "model" -> "It goes to " + model;
            case "denied" -> "It is denied";
            case "gave up" -> "The rules gave up";
            default -> "No rule decides";
        };
        return decided + (rule == null ? "" : " by \"" + rule + "\"") + (reason == null ? "." : ": "
                + reason.replaceFirst("\\.?$", "."));
    }
}
