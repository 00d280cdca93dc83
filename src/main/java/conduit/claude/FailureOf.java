package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;

/** Names the failure that a reply of the CLI tells. */
final class FailureOf {

    private FailureOf() {
    }

    /** @param silent whether the reply bills nothing or had no turn */
    static Failure reply(JsonNode reply, boolean silent) {
        String text = reply.path("result").asText("");
        if (reply.path("terminal_reason").asText().equals("prompt_too_long")
                || reply.path("terminal_reason").asText().equals("blocking_limit")) {
            return Failure.TOO_LONG;
        }
        if (reply.path("stop_reason").asText().equals("refusal")) {
            return Failure.REFUSED;
        }
        if (reply.path("api_error").asText().equals("max_output_tokens")) {
            return Failure.OUTPUT_LIMIT;
        }
        if (reply.path("api_error").asText().equals("connection_failed")) {
            return silent ? Failure.NETWORK : Failure.CUT_OFF;
        }
        if (text.startsWith("Not logged in")) {
            return Failure.UNAUTHORISED;
        }
        if (text.startsWith("Request timed out")) {
            return Failure.TIMED_OUT;
        }
        return reply.path("api_error_status").isNumber()
                ? status(reply.path("api_error_status").asInt(), text) : Failure.NONSENSE;
    }

    private static Failure status(int status, String text) {
        return switch (status) {
            case 400 -> text.contains("redit balance") ? Failure.NO_CREDIT : Failure.BAD_REQUEST;
            case 401, 403 -> Failure.UNAUTHORISED;
            case 404 -> Failure.MODEL_MISSING;
            case 413 -> Failure.TOO_LONG;
            case 429 -> Failure.RATE_LIMITED;
            // A gateway that lost its patience: what it asked may have worked on, and be billed.
            case 408, 504, 524 -> Failure.TIMED_OUT;
            case 529, 503 -> Failure.OVERLOADED;
            default -> status >= 500 ? Failure.SERVER_ERROR : Failure.BAD_REQUEST;
        };
    }
}
