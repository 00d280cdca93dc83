package conduit.api;

import java.nio.charset.StandardCharsets;

/**
 * What a call gives.
 *
 * @param body what stands in the answer: bytes as they are, anything else as JSON
 * @param type its media type
 */
public record Result(int status, Object body, String type) {

    public Result(int status, Object body) {
        this(status, body, "application/json");
    }

    public static Result text(String text) {
        return new Result(200, text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    /** A workbook whose bytes stand in one character each. */
    public static Result workbook(String content) {
        return new Result(200, content.getBytes(StandardCharsets.ISO_8859_1),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }

    public static Result ok(Object body) {
        return new Result(200, body);
    }
}
