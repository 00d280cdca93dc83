package conduit.api;

/** @param body anything that can be written as JSON, or a text that is JSON already */
public record Result(int status, Object body) {

    public static Result ok(Object body) {
        return new Result(200, body);
    }
}
