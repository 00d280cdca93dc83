package conduit.claude;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the CLI is healthy, from regular checks and from how calls end. Two checks in a row that fail make it unhealthy,
 * at the start one; so do three calls in a row that end for want of a key, of credit or of the CLI. One check that succeeds,
 * and one call that is let in, make it healthy again. Where no call is tried for ten minutes the calls' verdict lapses: who
 * leaves an unhealthy Conduit alone would never learn that it is well.
 */
public final class CliHealth {

    static final int CHECKS = 2;
    static final int CALLS = 3;
    static final Duration LAPSE = Duration.ofMinutes(10);

    private boolean checked;
    private int failedChecks;
    private Instant failingSince;
    private String checkReason;
    private int failedCalls;
    private Instant callsSince;
    private Instant lastCall;
    private String callReason;
    private String told;

    /**
     * A change of the health.
     *
     * @param up     whether it is healthy now
     * @param reason what is wrong and the way out, or that it works again
     * @param since  when it began: the first failure of those in a row, or the recovery
     */
    public record Change(boolean up, String reason, Instant since) {
    }

    /** Notes how a call ended. The next check tells what follows from it. */
    public synchronized void ended(Outcome outcome, Instant at) {
        if (outcome instanceof Outcome.Answered) {
            failedCalls = 0;
        } else if (outcome instanceof Outcome.Failed failed) {
            switch (failed.failure()) {
                case UNAUTHORISED, NO_CREDIT, NOT_STARTED -> {
                    callsSince = failedCalls++ == 0 ? at : callsSince;
                    lastCall = at;
                    callReason = "the last calls failed: " + failed.failure().text() + ". " + wayOut(failed.failure());
                }
                case BAD_REQUEST, MODEL_MISSING, RATE_LIMITED, OVERLOADED, OUTPUT_LIMIT, REFUSED -> failedCalls = 0;
                default -> {
                    // Neither says that the API lets it in nor that it does not.
                }
            }
        }
    }

    private static String wayOut(Failure failure) {
        return switch (failure) {
            case NO_CREDIT -> "Top the account up";
            case NOT_STARTED -> "See that the CLI can be started and that h2-data is writable";
            default -> "Check the API key or the log-in, and whether the account may use the model";
        };
    }

    /** Notes a check; tells the change that it makes, if any. */
    public synchronized Optional<Change> checked(CliState state, Instant at) {
        if (state instanceof CliState.Unsound unsound) {
            failingSince = failedChecks++ == 0 ? at : failingSince;
            checkReason = unsound.reason();
        } else {
            failedChecks = 0;
        }
        if (failedCalls > 0 && Duration.between(lastCall, at).compareTo(LAPSE) >= 0) {
            failedCalls = 0;
        }
        boolean first = !checked;
        checked = true;
        boolean byCalls = failedCalls >= CALLS;
        boolean byCheck = failedChecks >= CHECKS || failedChecks > 0 && (first || told != null || byCalls);
        String now = byCheck ? checkReason : byCalls ? callReason : null;
        boolean changes = (now == null) != (told == null);
        told = now;
        return !changes ? Optional.empty() : Optional.of(now == null ? new Change(true, "the Claude CLI works again", at)
                : new Change(false, now, byCalls ? callsSince : failingSince));
    }

    /** What is wrong, if it is unhealthy. */
    public synchronized Optional<String> fault() {
        return Optional.ofNullable(told);
    }
}
