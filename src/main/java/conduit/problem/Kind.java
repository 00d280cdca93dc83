package conduit.problem;

import java.util.Locale;

/** The kinds of problem that Conduit tells a caller; each has a stable type and an HTTP status. */
public enum Kind {
    BAD_REQUEST(400, "The request is not valid"),
    UNKNOWN_MODEL(400, "The model is not in the catalogue"),
    DENIED(403, "A rule denied the request"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    ID_CONFLICT(409, "The id was used with another body"),
    OUTCOME_UNKNOWN(409, "It is not known how the first run of this id ended"),
    ANSWER_GONE(409, "The answer of this id is no longer kept"),
    NOT_UNKNOWN(409, "The request's outcome is known"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
    BAD_BACKUP(422, "The backup can't be restored"),
    BAD_RULES(422, "The rule file has problems"),
    REFUSED(422, "The model refused to answer"),
    OUTPUT_LIMIT(422, "The answer was cut at the output limit"),
    DAILY_LIMIT(429, "Daily cost limit exceeded"),
    MONTHLY_LIMIT(429, "Monthly cost limit exceeded"),
    CANCELLED(499, "The caller went away"),
    INTERNAL(500, "Conduit failed"),
    MODEL_FAILED(502, "The model call failed"),
    SATURATED(503, "All places are taken"),
    STARTING(503, "Conduit starts"),
    STOPPING(503, "Conduit stops"),
    STORAGE_UNAVAILABLE(503, "Conduit can't store anything now"),
    MODEL_UNAVAILABLE(503, "The model is not available now"),
    TIMED_OUT(504, "The model call ran out of time");

    private static final String TYPE = "urn:conduit:problem:";

    private final int status;
    private final String title;

    Kind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The kind with this type. */
    static Kind of(String type) {
        return valueOf(type.substring(TYPE.length()).replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** The stable type, such as {@code urn:conduit:problem:bad-request}. */
    public String type() {
        return TYPE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
