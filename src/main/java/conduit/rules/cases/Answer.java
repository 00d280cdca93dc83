package conduit.rules.cases;

import conduit.rules.engine.RuleOutcome;

/**
 * What the rules answer, as the sender will meet it: a choice that an earlier rule's fence leaves out is a denial.
 *
 * @param decision a model's full id, {@link Expected#DENY} or {@link Expected#NONE}
 * @param rule     the rule that decided, or null
 * @param reason   the reason given, or null
 */
record Answer(String decision, String rule, String reason, RuleOutcome outcome) {

    static Answer of(RuleOutcome outcome) {
        String last = outcome.fired().isEmpty() ? null : outcome.fired().get(outcome.fired().size() - 1);
        if (outcome.denied()) {
            return new Answer(Expected.DENY, last, outcome.reason(), outcome);
        }
        if (outcome.model() != null) {
            return outcome.among() == null || outcome.among().contains(outcome.model())
                    ? new Answer(outcome.model(), last, outcome.reason(), outcome)
                    : new Answer(Expected.DENY, last, "it sends the request to " + outcome.model()
                    + ", which an earlier rule leaves out: " + outcome.amongReason(), outcome);
        }
        return outcome.among() != null && outcome.among().isEmpty()
                ? new Answer(Expected.DENY, null, "the rules together leave no model: " + outcome.amongReason(), outcome)
                : new Answer(Expected.NONE, null, outcome.amongReason(), outcome);
    }

    /** What happened, as the second half of a sentence. */
    String told() {
        if (!decision.equals(Expected.NONE)) {
            return (decision.equals(Expected.DENY) ? "it was denied" : decision + " was chosen")
                    + (rule == null ? "" : " by \"" + rule + "\"") + " (" + reason + ")";
        }
        return "no rule decided" + (outcome.fired().isEmpty() ? "" : "; \"" + String.join("\" and \"", outcome.fired())
                + "\" took part");
    }
}
