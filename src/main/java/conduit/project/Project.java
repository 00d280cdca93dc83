package conduit.project;

import conduit.request.StableHash;

import java.math.BigDecimal;
import java.util.List;

/**
 * A project's settings.
 *
 * @param enabled      false sends every request to the default model, by no rule and no bandit, still accounted
 * @param defaultModel a full model id; null only while not enabled: then the catalogue's default serves
 * @param rollout      the percentage (0 to 100) of users that are routed; the others bypass
 * @param storePrompts whether prompts are kept with the requests
 * @param fallback     the models that a request may go to where its own fails, in their order; null: all that are allowed
 * @param minQuality   the share of the baseline's quality that is held over the traffic, 0 to 1, or null
 */
public record Project(String id, boolean enabled, String defaultModel, List<ProjectRule> routingRules,
                      CostLimits costLimits, Features features, OnLimit onLimit, int rollout, boolean storePrompts,
                      List<String> fallback, Double minQuality) {

    /** Hard limits in US dollars a calendar day and month; null means none. */
    public record CostLimits(BigDecimal daily, BigDecimal monthly) {
    }

    /**
     * What is switched on.
     *
     * @param autoRouting    the bandit chooses where no rule does
     * @param costTracking   the cost limits are enforced; what is spent is recorded either way
     * @param usageAnalytics completed requests are told on the topic conduit.usage
     */
    public record Features(boolean autoRouting, boolean costTracking, boolean usageAnalytics) {
    }

    /** What happens to a request that does not fit into a limit. */
    public enum OnLimit { BLOCK, DEGRADE }

    public Project {
        routingRules = List.copyOf(routingRules);
        fallback = fallback == null ? null : List.copyOf(fallback);
    }

    /** The same with other limits, enforced or not. */
    public Project limited(CostLimits limits, boolean enforced) {
        return new Project(id, enabled, defaultModel, routingRules, limits,
                new Features(features.autoRouting(), enforced, features.usageAnalytics()), onLimit, rollout,
                storePrompts, fallback, minQuality);
    }

    /** Whether the rules and the bandit serve this roller (a user, else a session, else a request). */
    public boolean routes(String roller) {
        return enabled && bucket(roller) < rollout;
    }

    /** A stable number from 0 to 99 for a roller, independent between projects. */
    private int bucket(String roller) {
        return (int) Long.remainderUnsigned(StableHash.of(id + "\0" + roller), 100);
    }
}
