package conduit.claude;

import static conduit.claude.Failure.Verdict.FAILURE;
import static conduit.claude.Failure.Verdict.NOTHING;
import static conduit.claude.Failure.Verdict.SUCCESS;

import conduit.problem.Kind;

import java.util.Locale;

/**
 * How a call of the CLI can fail: what the caller is told, and whether another call can better it. The table in
 * docs/operate.md says the same, and a test walks it.
 */
public enum Failure {
    BAD_REQUEST(Kind.MODEL_FAILED, 0, false, NOTHING, "The model's API refused the request as invalid"),
    /** Found before anything is paid for; another model may have a larger window. */
    TOO_LONG(Kind.TOO_LARGE, 0, true, NOTHING, "The prompt is too long for the model"),
    UNAUTHORISED(Kind.MODEL_FAILED, 0, false, NOTHING, "The CLI is not authorised: check its API key or log-in"),
    NO_CREDIT(Kind.MODEL_FAILED, 0, false, NOTHING, "The account's credit balance is too low"),
    MODEL_MISSING(Kind.MODEL_FAILED, 0, true, FAILURE, "The model does not exist for this account"),
    RATE_LIMITED(Kind.MODEL_UNAVAILABLE, Failure.ANY, true, FAILURE, "The model's API limits the rate"),
    OVERLOADED(Kind.MODEL_UNAVAILABLE, Failure.ANY, true, FAILURE, "The model is overloaded"),
    SERVER_ERROR(Kind.MODEL_FAILED, Failure.ANY, true, FAILURE, "The model's API failed"),
    /** All models are behind the same address. */
    NETWORK(Kind.MODEL_UNAVAILABLE, Failure.ANY, false, NOTHING, "The model's API can't be reached"),
    /** The request's time is over with it. */
    TIMED_OUT(Kind.TIMED_OUT, 0, false, FAILURE, "No answer came within the time limit"),
    OUTPUT_LIMIT(Kind.OUTPUT_LIMIT, 0, false, SUCCESS, "The answer was longer than maxOutputTokens"),
    /** What came is paid for, each time. */
    CUT_OFF(Kind.MODEL_FAILED, 1, true, FAILURE, "The answer was cut off on its way"),
    REFUSED(Kind.REFUSED, 0, false, SUCCESS, "The model refused to answer"),
    CRASHED(Kind.MODEL_FAILED, 1, false, NOTHING, "The CLI ended without an answer"),
    NONSENSE(Kind.MODEL_FAILED, 0, false, NOTHING, "The CLI gave no usable answer"),
    NOT_STARTED(Kind.MODEL_FAILED, 0, false, NOTHING, "The CLI can't be started"),
    CANCELLED(Kind.CANCELLED, 0, false, NOTHING, "The caller went away before the answer was whole");

    /** As often as is set. */
    private static final int ANY = Integer.MAX_VALUE;

    /** What a failure says of whether its model can be called now. */
    public enum Verdict { FAILURE, SUCCESS, NOTHING }

    private final Kind kind;
    private final int mostRetries;
    private final boolean fallsBack;
    private final Verdict verdict;
    private final String sentence;

    Failure(Kind kind, int mostRetries, boolean fallsBack, Verdict verdict, String sentence) {
        this.kind = kind;
        this.mostRetries = mostRetries;
        this.fallsBack = fallsBack;
        this.verdict = verdict;
        this.sentence = sentence;
    }

    /** The name that callers and the log see, such as {@code rate-limited}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The failure of this name. */
    public static Failure of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public Kind kind() {
        return kind;
    }

    /** How often the same model is tried again after it, where as many are set at most. */
    public int retries(int set) {
        return Math.min(mostRetries, set);
    }

    /** Whether another model may do better. */
    public boolean fallsBack() {
        return fallsBack;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** What went wrong, without its full stop. */
    public String sentence() {
        return sentence;
    }
}
