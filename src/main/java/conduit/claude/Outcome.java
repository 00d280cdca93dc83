package conduit.claude;

import java.time.Duration;
import java.util.List;

/** How a call of the CLI ended. */
public sealed interface Outcome {

    /** What was billed, also by a failure; empty where nothing was. */
    List<Billed> billed();

    /** From the start of the process to its end, milliseconds. */
    long latencyMs();

    /**
     * An answer.
     *
     * @param session the CLI's session id
     */
    record Answered(String text, List<Billed> billed, long latencyMs, String session) implements Outcome {
        public Answered {
            billed = List.copyOf(billed);
        }
    }

    /**
     * No answer.
     *
     * @param detail    what the CLI said, shortened, for operators and callers
     * @param costKnown whether {@code billed} is all that is to be booked; else it may have spent up to its worst case
     * @param again     after how long a call can succeed at the earliest, or null where that is not known
     */
    record Failed(Failure failure, String detail, List<Billed> billed, long latencyMs, boolean costKnown, Duration again)
            implements Outcome {
        public Failed {
            billed = List.copyOf(billed);
        }

        public Failed(Failure failure, String detail, List<Billed> billed, long latencyMs, boolean costKnown) {
            this(failure, detail, billed, latencyMs, costKnown, null);
        }

        /** The same, with what is known of when a call can succeed. */
        public Failed again(Duration wait) {
            return new Failed(failure, detail, billed, latencyMs, costKnown, wait);
        }
    }
}
