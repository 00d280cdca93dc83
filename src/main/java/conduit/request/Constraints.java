package conduit.request;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a sender demands of the choice; null members demand nothing.
 *
 * @param maxCostUsd   the most that this request may cost in the worst case, US dollars
 * @param minQuality   the least share of the baseline's quality, 0 to 1
 * @param maxLatencyMs the longest expected time to an answer, milliseconds
 * @param models       the only models allowed, by full id
 */
public record Constraints(BigDecimal maxCostUsd, Double minQuality, Integer maxLatencyMs, List<String> models) {

    public static final Constraints NONE = new Constraints(null, null, null, null);

    public Constraints {
        models = models == null ? null : List.copyOf(models);
    }

    public boolean allows(String model) {
        return models == null || models.contains(model);
    }
}
