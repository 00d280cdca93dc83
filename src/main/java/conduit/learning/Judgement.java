package conduit.learning;

import conduit.bandit.Context;

/**
 * What is made of one answer.
 *
 * @param run    of the request: an id whose run failed may run again
 * @param signal where it comes from, such as {@code rating}
 * @param reward 0 (useless) to 1 (right)
 * @param weight how much it counts, above 0, at most 1
 * @param said   whether somebody said so; a guess never replaces what was said
 */
public record Judgement(String requestId, int run, String model, Context context, String signal, double reward,
                        double weight, boolean said) {
}
