package conduit.ledger;

import conduit.claude.Outcome;

import java.math.BigDecimal;
import java.util.List;

/** A run with its outcome and what it cost: all that is written when it ends. */
public record Completion(Run run, Outcome outcome, List<UsageRow> usage) {

    public Completion {
        usage = List.copyOf(usage);
    }

    public BigDecimal costUsd() {
        return usage.stream().map(UsageRow::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public boolean isAnswered() {
        return outcome instanceof Outcome.Answered;
    }
}
