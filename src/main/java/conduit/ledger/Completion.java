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

    /** Whether it cost more than was set aside for it, so that a limit can be passed by the difference. */
    public boolean isOverrun() {
        return costUsd().compareTo(run.routed().estimate().worstCaseUsd()) > 0;
    }

    public boolean isAnswered() {
        return outcome instanceof Outcome.Answered;
    }
}
