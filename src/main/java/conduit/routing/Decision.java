package conduit.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import conduit.bandit.Candidate;

import java.util.List;

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

    /** The same decision with a cheaper model, for the reason given. */
    Decision degraded(String cheaper, String why) {
        return new Decision(cheaper, source, reason + "; " + why, rules, tokenCount, category, candidates,
                rulesVersion, sampling, seed, routingMicros, simulated);
    }
}
