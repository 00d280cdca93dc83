package conduit.bandit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The evidence of one context.
 *
 * @param born     the version of the beliefs that made it
 * @param touched  the version that last changed it
 * @param places   how many judgements it has seen; each has its place among them
 * @param evidence by model
 */
public record Cell(long born, long touched, long places, SortedMap<String, Evidence> evidence) {

    static Cell born(long version) {
        return new Cell(version, version, 0, new TreeMap<>());
    }

    public Evidence of(String model) {
        return evidence.getOrDefault(model, Evidence.NONE);
    }

    /** A judgement: all evidence of the cell grows older by one. */
    Cell judged(long version, String model, double reward, double weight, double discount) {
        SortedMap<String, Evidence> next = new TreeMap<>();
        for (Map.Entry<String, Evidence> entry : evidence.entrySet()) {
            next.put(entry.getKey(), entry.getValue().older(discount));
        }
        next.put(model, next.getOrDefault(model, Evidence.NONE).with(reward, weight));
        return new Cell(born, version, places + 1, next);
    }

    /** The evidence of one model changed; nothing grows older. */
    Cell changed(long version, String model, UnaryOperator<Evidence> change) {
        SortedMap<String, Evidence> next = new TreeMap<>(evidence);
        next.put(model, change.apply(of(model)));
        return new Cell(born, version, places, next);
    }
}
