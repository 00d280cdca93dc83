package conduit.api;

/**
 * What a call gives.
 *
 * @param body anything that can be written as JSON; or a text, where {@code isText}
 */
public record Result(int status, Object body, boolean isText) {

    public Result(int status, Object body) {
        this(status, body, false);
    }

    public static Result text(String text) {
        return new Result(200, text, true);
    }

    public static Result ok(Object body) {
        return new Result(200, body);
    }
}
