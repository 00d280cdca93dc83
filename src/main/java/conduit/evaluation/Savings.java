package conduit.evaluation;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.List;

/**
 * What calls cost, compared with what the same tokens would have cost at the baseline's prices.
 *
 * @param calls       how many
 * @param costUsd     what they cost, US dollars
 * @param baselineUsd what they would have cost, US dollars
 * @param saved       the part of that which was saved, below 0 where more was spent; null where nothing would have cost
 */
public record Savings(int calls, double costUsd, double baselineUsd, Estimate saved) {

    private static final double UPPER = 0.975;

    /** One call. */
    public record Call(double costUsd, double baselineUsd) {
    }

    /** The interval is that of a ratio of sums (linearised, Student's t). */
    public static Savings of(List<Call> calls) {
        double cost = calls.stream().mapToDouble(Call::costUsd).sum();
        double baseline = calls.stream().mapToDouble(Call::baselineUsd).sum();
        if (baseline <= 0) {
            return new Savings(calls.size(), cost, baseline, null);
        }
        int count = calls.size();
        double ratio = cost / baseline;
        if (count < 2) {
            return new Savings(count, cost, baseline, new Estimate(1 - ratio, null, null));
        }
        double squares = 0;
        for (Call call : calls) {
            double off = call.costUsd() - ratio * call.baselineUsd();
            squares += off * off;
        }
        double half = TDistribution.of(count - 1).inverseCumulativeProbability(UPPER)
                * Math.sqrt(squares * count / (count - 1)) / baseline;
        return new Savings(count, cost, baseline, new Estimate(1 - ratio, 1 - ratio - half, 1 - ratio + half));
    }
}
