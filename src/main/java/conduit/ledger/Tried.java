package conduit.ledger;

import conduit.claude.Failure;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run's attempt that is over.
 *
 * @param number  counts the run's attempts, from 1
 * @param model   the one that was asked
 * @param failure null where it answered
 * @param detail  what the CLI said of the failure, shortened; empty where it answered
 * @param usage   what it was billed, maybe nothing
 */
public record Tried(int number, String model, Failure failure, String detail, long latencyMs, List<UsageRow> usage) {

    public Tried {
        usage = List.copyOf(usage);
    }

    public BigDecimal costUsd() {
        return cost(usage);
    }

    static BigDecimal cost(List<UsageRow> usage) {
        return usage.stream().map(UsageRow::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** As callers see it. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("failure", failure == null ? null : failure.text());
        map.put("costUsd", costUsd());
        map.put("latencyMs", latencyMs);
        return map;
    }
}
