package conduit.bandit;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What calls were like: how long answers are, how long they take, what a typical request costs. A value.
 */
public final class Experience {

    public static final Experience NONE = new Experience(Map.of());
    /** So many answers of the model elsewhere count for a context. */
    private static final double SHRINKAGE = 2;
    /** Nine of ten answers of a lognormal latency are faster. */
    private static final double NINE_OF_TEN = 1.2816;
    private static final double FEW = 5;

    /** In order, so that sums are the same bit for bit. */
    private final SortedMap<Context, Map<String, Usage>> cells;
    private final Map<String, Usage> models = new HashMap<>();
    private final Usage all;

    public Experience(Map<Context, Map<String, Usage>> cells) {
        this.cells = new TreeMap<>(cells);
        Usage sum = Usage.NONE;
        for (Map<String, Usage> cell : this.cells.values()) {
            for (Map.Entry<String, Usage> entry : new TreeMap<>(cell).entrySet()) {
                models.merge(entry.getKey(), entry.getValue(), Usage::plus);
                sum = sum.plus(entry.getValue());
            }
        }
        all = sum;
    }

    /** The mean output tokens of an answer, shrunk towards the model's mean elsewhere; {@code otherwise} before any. */
    public double meanOutput(Context context, String model, double otherwise) {
        Usage overall = models.getOrDefault(model, Usage.NONE);
        double mean = overall.answers() <= 0 ? otherwise : overall.outputTokens() / overall.answers();
        Usage cell = of(context, model);
        return (cell.outputTokens() + SHRINKAGE * mean) / (cell.answers() + SHRINKAGE);
    }

    /** Within how many milliseconds nine of ten answers came, in this context where enough is known; empty before. */
    public OptionalDouble slowLatencyMs(Context context, String model) {
        Usage cell = of(context, model);
        Usage usage = cell.answers() >= FEW ? cell : models.getOrDefault(model, Usage.NONE);
        if (usage.answers() < FEW) {
            return OptionalDouble.empty();
        }
        double mean = usage.latencyLog() / usage.answers();
        double variance = Math.max(0, usage.latencySquares() / usage.answers() - mean * mean);
        return OptionalDouble.of(Math.exp(mean + NINE_OF_TEN * Math.sqrt(variance)));
    }

    /**
     * What a typical request costs at the baseline, US dollars: the geometric mean, which one giant request does not
     * move; {@code otherwise} before the first.
     */
    public double typicalCost(double otherwise) {
        return all.answers() <= 0 ? otherwise : Math.exp(all.baselineLog() / all.answers());
    }

    /** The mean input tokens of a request in this context; 0 before any. */
    public double meanInput(Context context) {
        Usage sum = cells.getOrDefault(context, Map.of()).values().stream().reduce(Usage.NONE, Usage::plus);
        return sum.answers() <= 0 ? 0 : sum.inputTokens() / sum.answers();
    }

    /** The contexts in which answers were given, in order. */
    public SortedSet<Context> contexts() {
        return new TreeSet<>(cells.keySet());
    }

    /** Which part of all answers was given in this context, 0 to 1. */
    public double share(Context context) {
        double sum = cells.getOrDefault(context, Map.of()).values().stream().mapToDouble(Usage::answers).sum();
        return all.answers() <= 0 ? 0 : sum / all.answers();
    }

    /** What is known of a model over all contexts. */
    public Usage overall(String model) {
        return models.getOrDefault(model, Usage.NONE);
    }

    public Usage of(Context context, String model) {
        return cells.getOrDefault(context, Map.of()).getOrDefault(model, Usage.NONE);
    }
}
