package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;

import java.nio.charset.StandardCharsets;

/**
 * The lines in which Conduit speaks to a process of the CLI that waits for its prompt. None but the message is ever sent on
 * to the API. The CLI's {@code set_model} is not used: it asks the new model for a token, which is paid for.
 */
final class Dialogue {

    private static final String CAP = "CLAUDE_CODE_MAX_OUTPUT_TOKENS";

    private Dialogue() {
    }

    /** What can be changed while it waits. */
    record Flags(String model, int maxOutputTokens) {

        /** Whether an answered {@link #question} tells that they hold. */
        boolean hold(JsonNode answer) {
            JsonNode effective = answer.path("response").path("effective");
            return effective.path("model").asText().equals(model)
                    && effective.path("env").path(CAP).asText().equals(Integer.toString(maxOutputTokens));
        }
    }

    /** Sets the flags. */
    static byte[] settings(String id, Flags flags) {
        ObjectNode request = Json.newObject().put("subtype", "apply_flag_settings");
        ObjectNode settings = request.putObject("settings").put("model", flags.model());
        settings.putObject("env").put(CAP, Integer.toString(flags.maxOutputTokens()));
        return control(id, request);
    }

    /** Sets the system prompt; once, and before the message. */
    static byte[] system(String id, String prompt) {
        return control(id, Json.newObject().put("subtype", "initialize").put("systemPrompt", prompt));
    }

    /** Asks which settings hold. */
    static byte[] question(String id) {
        return control(id, Json.newObject().put("subtype", "get_settings"));
    }

    /** The prompt, which the CLI answers with a result. */
    static byte[] message(String prompt) {
        ObjectNode message = Json.newObject().put("type", "user");
        message.putObject("message").put("role", "user").put("content", prompt);
        return line(message.putNull("parent_tool_use_id").put("session_id", ""));
    }

    private static byte[] control(String id, ObjectNode request) {
        return line(Json.newObject().put("type", "control_request").put("request_id", id).set("request", request));
    }

    private static byte[] line(JsonNode node) {
        return (Json.write(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
