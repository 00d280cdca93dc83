package conduit.rules.engine;

import java.util.List;

/**
 * What the rules said of one request.
 *
 * @param model    the chosen model, or null if no rule chose
 * @param denied   whether a rule refused; then {@code reason} says why
 * @param among    the models to which rules narrowed the choice, or null if none did
 * @param category the category that a rule set, or null
 * @param fired    the names of the rules that took part, in their order; the last one decided if any did
 * @param version  the rule set that decided
 * @param gaveUp   why the rules were not asked to the end, or null if they were
 */
public record RuleOutcome(String model, String reason, boolean denied, List<String> among, String amongReason,
                          String category, List<String> fired, String version, GaveUp gaveUp) {

    /**
     * The rules went over the bounds of one decision.
     *
     * @param why        in an author's words
     * @param couldFence whether a rule that was not asked could have denied the request or kept it from a model
     */
    public record GaveUp(String why, boolean couldFence) {
    }

    /** The outcome where no rule runs. */
    public static RuleOutcome none(String version) {
        return new RuleOutcome(null, null, false, null, null, null, List.of(), version, null);
    }
}
