package conduit.ledger;

import conduit.claude.Outcome;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run with its outcome and what it cost: all that is written when it ends. */
public record Completion(Run run, Outcome outcome, List<UsageRow> usage) {

    public Completion {
        usage = List.copyOf(usage);
    }

    /** Of all attempts together. */
    public BigDecimal costUsd() {
        return Tried.cost(usage);
    }

    /** What the last attempt was billed. */
    public List<UsageRow> lastUsage() {
        return usage.stream().filter(row -> row.attempt() == run.attempt()).toList();
    }

    /** All attempts, the last one too. */
    public List<Tried> attempts() {
        Outcome.Failed failed = outcome instanceof Outcome.Failed f ? f : null;
        return Stream.concat(run.tried().stream(), Stream.of(new Tried(run.attempt(), run.model().id(),
                failed == null ? null : failed.failure(), failed == null ? "" : failed.detail(), outcome.latencyMs(),
                lastUsage()))).toList();
    }

    /** The attempts as callers see them, or null where there was but one. */
    List<Map<String, Object>> attemptsTold() {
        return run.tried().isEmpty() ? null : attempts().stream().map(Tried::toMap).toList();
    }

    /** Whether it cost more than was set aside for it, so that a limit can be passed by the difference. */
    public boolean isOverrun() {
        return costUsd().compareTo(run.setAside()) > 0;
    }

    public boolean isAnswered() {
        return outcome instanceof Outcome.Answered;
    }
}
