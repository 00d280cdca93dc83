package conduit.bandit;

/**
 * What answers of one model in one context were like, older ones counting less.
 *
 * @param answers        how many, discounted
 * @param inputTokens    the sum of the estimates of their input tokens
 * @param outputTokens   the sum of their output tokens
 * @param latencyLog     the sum of the natural logarithms of their latencies in milliseconds
 * @param latencySquares the sum of the squares of these logarithms
 * @param baselineLog    the sum of the logarithms of what the requests were expected to cost at the baseline, dollars
 */
public record Usage(double answers, double inputTokens, double outputTokens, double latencyLog, double latencySquares,
                    double baselineLog) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(answers + other.answers, inputTokens + other.inputTokens,
                outputTokens + other.outputTokens, latencyLog + other.latencyLog, latencySquares + other.latencySquares,
                baselineLog + other.baselineLog);
    }

    /** What one answer adds; a latency or a cost of 0 counts as the smallest that there is. */
    public static Usage of(long inputTokens, long outputTokens, long latencyMs, double baselineCostUsd) {
        double latency = Math.log(Math.max(1, latencyMs));
        return new Usage(1, inputTokens, outputTokens, latency, latency * latency,
                Math.log(Math.max(1e-9, baselineCostUsd)));
    }
}
