package conduit.flow;

/** The names of the exchange properties that carry a request's state through the flow. */
final class Carried {

    /** The {@link conduit.request.Inlet}, by its lower-case name. */
    static final String INLET = "inlet";
    /** Where the answer goes: a {@link FileReply}, a {@link QueueReply} or an {@link EventStream}. */
    static final String REPLY = "reply";
    /** The {@link conduit.request.LlmRequest} once the desk let it in. */
    static final String ADMITTED = "admitted";
    /** The accepted {@link conduit.ledger.Run}. */
    static final String RUN = "run";
    /** The {@link conduit.attempt.Course} of the run's attempts. */
    static final String COURSE = "course";
    /** The {@link conduit.attempt.Attempt} that is made. */
    static final String ATTEMPT = "attempt";
    /** The run's {@link conduit.claude.Outcome}, once no further attempt is made. */
    static final String OUTCOME = "outcome";
    /** The {@link conduit.claude.Listener} of a caller who wants the text as it comes. */
    static final String LISTENER = "listener";
    /** Set once a message was read as a request. */
    static final String READ = "read";
    /** Set once the run's completion is handed to the wire-tap. */
    static final String COMPLETED = "completed";
    /** The {@link conduit.ledger.Completion} that is being booked; the routes set it. */
    static final String COMPLETION = "completion";
    /** Whether it was this exchange that booked the completion, and nobody before. */
    static final String BOOKED = "booked";

    private Carried() {
    }
}
