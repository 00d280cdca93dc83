package conduit.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import conduit.bandit.Candidate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which model serves, and why.
 *
 * @param rules         the rules that took part, in their order
 * @param tokenCount    the estimate of input tokens
 * @param candidates    what the bandit weighed; empty where it did not choose
 * @param rulesVersion  the rule set that was asked, or null in a bypass
 * @param sampling      by what the bandit chose, or null where it did not
 * @param seed          the seed of the bandit's draws, or null where it did not choose
 * @param routingMicros how long the decision took, microseconds
 * @param simulated     true where the simulator stands in for the CLI; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(String model, Source source, String reason, List<String> rules, int tokenCount,
                       String category, List<Candidate> candidates, String rulesVersion,
                       @JsonUnwrapped Sampling sampling, Long seed,
                       long routingMicros, Boolean simulated) {

    /** As the record keeps it; its end, which says from where, must not be cut. */
    private static final int LONGEST_REASON = 1_000;
    private static final Pattern DEGRADED = Pattern.compile("; degraded from (\\S+) to fit into the limit$");

    /** The model that was left for a cheaper one to fit into a limit, or null. */
    @JsonProperty("degradedFrom")
    public String degradedFrom() {
        return degradedFrom(reason);
    }

    /** The same of a decision's reason. */
    public static String degradedFrom(String reason) {
        Matcher degraded = DEGRADED.matcher(reason);
        return degraded.find() ? degraded.group(1) : null;
    }

    /**
     * The same decision with a cheaper model, to fit into a limit.
     *
     * @param note what is relaxed by that, with a semicolon before it, or nothing
     */
    Decision degraded(String cheaper, String note) {
        String end = note + "; degraded from " + model + " to fit into the limit";
        int room = LONGEST_REASON - end.length();
        String why = reason.length() <= room ? reason : reason.substring(0, Math.max(0, room - 1)) + "…";
        return new Decision(cheaper, source, why + end, rules, tokenCount, category, candidates, rulesVersion, sampling,
                seed, routingMicros, simulated);
    }
}
