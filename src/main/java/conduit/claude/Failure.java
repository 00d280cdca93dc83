package conduit.claude;

import conduit.problem.Kind;

import java.util.Locale;

/** How a call of the CLI can fail, what the caller is told, and in how far the cost is known. */
public enum Failure {
    BAD_REQUEST(Kind.MODEL_FAILED, "The model's API refused the request as invalid"),
    TOO_LONG(Kind.TOO_LARGE, "The prompt is too long for the model"),
    UNAUTHORISED(Kind.MODEL_FAILED, "The CLI is not authorised: check its API key or log-in"),
    NO_CREDIT(Kind.MODEL_FAILED, "The account's credit balance is too low"),
    MODEL_MISSING(Kind.MODEL_FAILED, "The model does not exist for this account"),
    RATE_LIMITED(Kind.MODEL_UNAVAILABLE, "The model's API limits the rate"),
    OVERLOADED(Kind.MODEL_UNAVAILABLE, "The model is overloaded"),
    SERVER_ERROR(Kind.MODEL_FAILED, "The model's API failed"),
    NETWORK(Kind.MODEL_UNAVAILABLE, "The model's API can't be reached"),
    TIMED_OUT(Kind.TIMED_OUT, "No answer came within the time limit"),
    OUTPUT_LIMIT(Kind.OUTPUT_LIMIT, "The answer was longer than maxOutputTokens"),
    CUT_OFF(Kind.MODEL_FAILED, "The answer was cut off on its way"),
    REFUSED(Kind.REFUSED, "The model refused to answer"),
    CRASHED(Kind.MODEL_FAILED, "The CLI ended without an answer"),
    NONSENSE(Kind.MODEL_FAILED, "The CLI gave no usable answer"),
    NOT_STARTED(Kind.MODEL_FAILED, "The CLI can't be started");

    private final Kind kind;
    private final String sentence;

    Failure(Kind kind, String sentence) {
        this.kind = kind;
        this.sentence = sentence;
    }

    /** The name that callers and the log see, such as {@code rate-limited}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, without its full stop. */
    public String sentence() {
        return sentence;
    }
}
