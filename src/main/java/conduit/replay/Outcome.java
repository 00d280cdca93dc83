package conduit.replay;

/**
 * What one model made of a query.
 *
 * @param correct  1 where the answer was right, 0 where it was not
 * @param costUsd  US dollars
 * @param latencyS seconds, or 0 where it is not known
 */
record Outcome(double correct, double costUsd, int outputTokens, double latencyS) {
}
