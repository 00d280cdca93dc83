package conduit.replay;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A policy over all runs. Low and high hold 95 of 100 runs between them.
 *
 * @param lambda       the price of quality that it was given, or null where it has none
 * @param costCut      the mean part of the baseline's cost that it saved
 * @param qualityRatio the mean of its right answers by the baseline's
 * @param shareAbove98 the share of runs that kept at least .98 of the baseline's quality
 */
public record Result(String name, Double lambda, double costCut, double costCutLow, double costCutHigh,
                     double qualityRatio, double qualityLow, double qualityHigh, double shareAbove98) {

    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final double HELD = 0.98;

    static Result of(String name, Double lambda, List<Run> runs) {
        double[] cuts = sorted(runs, Run::costCut);
        double[] qualities = sorted(runs, Run::qualityRatio);
        return new Result(name, lambda, mean(cuts), quantile(cuts, LOW), quantile(cuts, HIGH), mean(qualities),
                quantile(qualities, LOW), quantile(qualities, HIGH),
                Arrays.stream(qualities).filter(q -> q >= HELD).count() / (double) runs.size());
    }

    private static double[] sorted(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).sorted().toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double quantile(double[] sorted, double probability) {
        return sorted[(int) Math.round(probability * (sorted.length - 1))];
    }
}
