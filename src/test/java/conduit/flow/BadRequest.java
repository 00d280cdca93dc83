package conduit.flow;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A body that is no request, which every inlet must refuse in the same words.
 *
 * @param field the field that the problem names
 * @param says  what the problem's detail holds: what is allowed
 */
record BadRequest(String name, String body, int status, String field, String says) {

    private static final String LABEL = "1 to 200 characters";

    private static BadRequest of(String name, String body, String field, String says) {
        return new BadRequest(name, body, 400, field, says);
    }

    /** A member beside a good prompt. */
    private static BadRequest member(String member, String field, String says) {
        String name = member.length() > 40 ? member.substring(0, 40) : member;
        return of(name, "{\"prompt\":\"Hello\"," + member + "}", field, says);
    }

    static Stream<BadRequest> all() {
        return Stream.of(notOneObject(), prompts(), ids(), labels(), choices()).flatMap(List::stream);
    }

    /** Safe as a file's name and as a correlation id. */
    String key() {
        return "bad-" + Integer.toHexString((name + body.length()).hashCode());
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<BadRequest> notOneObject() {
        return List.of(
                of("plain text", "Hello, Claude", "body", "Send one JSON object"),
                of("cut JSON", "{\"prompt\": \"Hel", "body", "Send one JSON object"),
                of("single quotes", "{'prompt': 'Hello'}", "body", "Send one JSON object"),
                of("a list", "[{\"prompt\":\"Hello\"}]", "body", "must be one JSON object"),
                of("a text", "\"Hello\"", "body", "must be one JSON object"),
                of("null", "null", "body", "must be one JSON object"),
                of("two objects", "{\"prompt\":\"a\"} {\"prompt\":\"b\"}", "body", "Send one JSON object"),
                of("a name twice", "{\"prompt\":\"a\",\"prompt\":\"b\"}", "body", "Send one JSON object"),
                of("not a number", "{\"prompt\":\"a\",\"maxOutputTokens\":NaN}", "body", "Send one JSON object"),
                of("too deep", "{\"prompt\":\"a\",\"metadata\":{\"x\":" + "[".repeat(70) + "]".repeat(70) + "}}",
                        "body", "Send one JSON object"));
    }

    private static List<BadRequest> prompts() {
        String allowed = "a text that is not blank";
        return List.of(
                of("no prompt", "{}", "prompt", allowed),
                of("prompt misspelt", "{\"promt\":\"Hello\"}", "prompt", "did you mean prompt by \"promt\""),
                of("prompt null", "{\"prompt\":null}", "prompt", allowed),
                of("prompt empty", "{\"prompt\":\"\"}", "prompt", allowed),
                of("prompt blank", "{\"prompt\":\" \\n\\t \"}", "prompt", allowed),
                of("prompt a number", "{\"prompt\":5}", "prompt", "a text"),
                of("prompt a list", "{\"prompt\":[\"Hello\"]}", "prompt", "a text"),
                of("prompt with NUL", "{\"prompt\":\"a\\u0000b\"}", "prompt", "NUL"),
                of("half a surrogate pair", "{\"prompt\":\"a\\ud800b\"}", "prompt", "surrogate"),
                new BadRequest("prompt of 4 MB", "{\"prompt\":\"" + "x".repeat(4 << 20) + "\"}", 413, "prompt",
                        "are allowed"),
                member("\"system\":true", "system", "a text"));
    }

    private static List<BadRequest> ids() {
        String allowed = "1 to 100 letters, digits";
        return List.of(
                member("\"id\":5", "id", "a text"),
                member("\"id\":\"\"", "id", allowed),
                member("\"id\":\"a/b\"", "id", allowed),
                member("\"id\":\"../../etc/passwd\"", "id", allowed),
                member("\"id\":\"a..b\"", "id", allowed),
                member("\"id\":\"a\\\\b\"", "id", allowed),
                member("\"id\":\"-rf\"", "id", allowed),
                member("\"id\":\"" + "i".repeat(101) + "\"", "id", allowed),
                member("\"project\":[\"default\"]", "project", "a text"),
                member("\"project\":\"../default\"", "project", allowed),
                new BadRequest("project unknown", "{\"prompt\":\"Hello\",\"project\":\"nowhere\"}", 404, "project",
                        "Projects: default"));
    }

    private static List<BadRequest> labels() {
        return List.of(
                member("\"agent\":\"research\"", "agent", "an object"),
                member("\"agent\":{\"id\":7}", "agent.id", "a text"),
                member("\"agent\":{\"type\":[]}", "agent.type", "a text"),
                member("\"agent\":{\"type\":\" \"}", "agent.type", LABEL),
                member("\"session\":1", "session", "a text"),
                member("\"session\":\"" + "s".repeat(201) + "\"", "session", LABEL),
                member("\"user\":{}", "user", "a text"),
                member("\"user\":\"a\\u0007\"", "user", LABEL),
                member("\"category\":false", "category", "a text"),
                member("\"flags\":\"urgent\"", "flags", "a list of texts"),
                member("\"flags\":[1]", "flags", "flags[0] is 1"),
                member("\"flags\":[\"\"]", "flags", "at most 50 texts"),
                member("\"flags\":[" + String.join(",", IntStream.range(0, 51).mapToObj(i -> "\"" + i + "\"").toList())
                        + "]", "flags", "at most 50 texts"),
                member("\"metadata\":\"x\"", "metadata", "an object"),
                member("\"metadata\":{\"x\":\"" + "m".repeat(20_000) + "\"}", "metadata", "at most 16384"));
    }

    private static List<BadRequest> choices() {
        String output = "a whole number from 1 to 128000";
        String models = "claude-haiku-5-5";
        return List.of(
                member("\"model\":5", "model", "a text"),
                member("\"model\":\"opus\"", "model", models),
                member("\"model\":\"--dangerous\"", "model", models),
                member("\"maxOutputTokens\":\"100\"", "maxOutputTokens", output),
                member("\"maxOutputTokens\":0", "maxOutputTokens", output),
                member("\"maxOutputTokens\":1.5", "maxOutputTokens", output),
                member("\"maxOutputTokens\":1e99", "maxOutputTokens", output),
                member("\"constraints\":[]", "constraints", "an object"),
                member("\"constraints\":{\"maxCostUsd\":\"1\"}", "constraints.maxCostUsd", "dollars"),
                member("\"constraints\":{\"maxCostUsd\":-1}", "constraints.maxCostUsd", "0 or more"),
                member("\"constraints\":{\"maxCostUsd\":0}", "constraints.maxCostUsd", "Raise it"),
                member("\"constraints\":{\"minQuality\":1.01}", "constraints.minQuality", "from 0 to 1"),
                member("\"constraints\":{\"maxLatencyMs\":0}", "constraints.maxLatencyMs", "a whole number from 1"),
                member("\"constraints\":{\"models\":[]}", "constraints.models", "at least one"),
                member("\"constraints\":{\"models\":[\"gpt\"]}", "constraints.models", models));
    }
}
