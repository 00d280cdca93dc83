package conduit.claude;

/** What a call left in its folder, for whoever comes after the Conduit that watched it. */
public sealed interface Trace {

    /** No process was started: nothing can have been spent. */
    record NeverStarted() implements Trace {
    }

    /** Its process still runs. */
    record Running() implements Trace {
    }

    /** It is known how it ended. */
    record Ended(Outcome outcome) implements Trace {
    }

    /** Its process is gone and left no whole reply: it may have spent. */
    record Lost() implements Trace {
    }
}
