package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.ProblemException;

import java.io.UncheckedIOException;

/**
 * The one object in the CLI's output that tells how a call ended: all of the output, or the one line of type
 * {@code result} of those that begin where the CLI begins to work.
 *
 * @param result null if there is none, or more than one
 * @param isBegun whether the output is sound lines that have not come to their result
 * @param flaw   what is wrong with the output, if anything
 */
record ReplyText(ObjectNode result, boolean isBegun, String flaw) {

    private static final String NOT_ONE = "its output is not one JSON object";

    static ReplyText of(String output) {
        try {
            ObjectNode whole = Json.object(output.strip());
            if (!isLine(whole)) {
                return new ReplyText(whole, false, null);
            }
        } catch (ProblemException e) {
            // Several lines, or nothing that is JSON.
        }
        return lines(output);
    }

    /** Whether this object is one of the lines of a call that is followed, before its result. */
    private static boolean isLine(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "system", "control_response", "stream_event", "assistant", "user" -> true;
            default -> false;
        };
    }

    private static ReplyText lines(String output) {
        ObjectNode result = null;
        boolean begun = false;
        int from = 0;
        // Only what ends with a newline is whole.
        for (int end = output.indexOf('\n'); end >= 0; end = output.indexOf('\n', from)) {
            String line = output.substring(from, end).strip();
            from = end + 1;
            if (line.isEmpty()) {
                continue;
            }
            JsonNode node = node(line);
            begun |= node.path("type").asText().equals("system");
            if (!begun && !isLine(node) || !node.isObject()) {
                return new ReplyText(null, false, NOT_ONE);
            }
            if (node.path("type").asText().equals("result")) {
                if (result != null) {
                    return new ReplyText(null, false, "its output is two results");
                }
                result = sound(line);
            }
        }
        return new ReplyText(result, begun && result == null, begun ? null : NOT_ONE);
    }

    /** A piece of a text can end within a character, which would not be sound. */
    private static JsonNode node(String line) {
        try {
            JsonNode node = Json.tree(line);
            return node == null ? Json.newObject().nullNode() : node;
        } catch (UncheckedIOException e) {
            return Json.newObject().nullNode();
        }
    }

    private static ObjectNode sound(String line) {
        try {
            return Json.object(line);
        } catch (ProblemException e) {
            return Json.newObject();
        }
    }
}
