package conduit.rules.engine;

import conduit.rules.condition.Failure;

/**
 * What one rule had to do with a decision.
 *
 * @param role   {@code decided}, {@code took part}, {@code not asked} (it holds, but an earlier one decided),
 *               {@code did not match}, {@code not enabled}
 * @param failed the first condition that did not hold; only where the rule did not match
 */
public record RuleTrace(String file, int line, String rule, String role, Failure failed) {
}
