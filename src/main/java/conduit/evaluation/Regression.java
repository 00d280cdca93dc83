package conduit.evaluation;

import conduit.bandit.Context;

import java.util.HashMap;
import java.util.Map;

/**
 * The mean outcome a context and model, as a ratio of sums; shrunk towards the model's, and that towards the mean of all.
 */
final class Regression {

    /** So many outcomes elsewhere count for a cell. */
    private static final double SHRINKAGE = 3;

    private final Map<String, Sum> sums = new HashMap<>();
    private final Sum all = new Sum();

    private static final class Sum {
        private double value;
        private double scale;
        private double count;
    }

    /**
     * Takes an outcome in.
     *
     * @param scale what the value is measured by, above 0: 1 for a mean of values
     */
    void add(Context context, String model, double value, double scale) {
        add(all, value, scale);
        add(sums.computeIfAbsent(model, k -> new Sum()), value, scale);
        add(sums.computeIfAbsent(key(context, model), k -> new Sum()), value, scale);
    }

    private static void add(Sum sum, double value, double scale) {
        sum.value += value;
        sum.scale += scale;
        sum.count++;
    }

    /** What is expected of a value by its scale. */
    double ratio(Context context, String model) {
        double overall = all.scale == 0 ? 0 : all.value / all.scale;
        return shrunk(key(context, model), shrunk(model, overall));
    }

    private double shrunk(String key, double towards) {
        Sum sum = sums.get(key);
        if (sum == null || sum.scale == 0) {
            return towards;
        }
        double weight = sum.count / (sum.count + SHRINKAGE);
        return weight * sum.value / sum.scale + (1 - weight) * towards;
    }

    private static String key(Context context, String model) {
        return context.length() + "/" + context.category() + "/" + model;
    }
}
