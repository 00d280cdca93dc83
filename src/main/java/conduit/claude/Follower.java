package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.UncheckedIOException;

/**
 * Reads the CLI's lines while they come: hands the text on, and knows the result.
 *
 * <p>The CLI can begin anew, after an answer that is empty or was cut at the cap. What a caller was given can't be taken
 * back, so the first message that brings text is the only one that is handed on; the whole answer is the result's.
 */
final class Follower {

    private final Listener listener;
    private boolean told;
    private boolean over;
    private boolean result;
    private boolean broken;
    /** The first half of a character whose second half comes with the next piece. */
    private String half = "";

    /** @param listener whom the text is for, or null */
    Follower(Listener listener) {
        this.listener = listener;
    }

    boolean hasResult() {
        return result;
    }

    /** Whether nobody wants the answer any more. */
    boolean isGone() {
        return broken || listener != null && listener.isGone();
    }

    void line(String line) {
        boolean piece = listener != null && !over && line.contains("\"stream_event\"");
        // A text's own quotes are escaped, so this is never part of one.
        if (!piece && !line.contains("\"type\":\"result\"")) {
            return;
        }
        JsonNode node;
        try {
            node = Json.tree(line);
        } catch (UncheckedIOException e) {
            return;
        }
        result |= node.path("type").asText().equals("result");
        if (piece && node.path("type").asText().equals("stream_event")) {
            event(node.path("event"));
        }
    }

    private void event(JsonNode event) {
        if (event.path("type").asText().equals("message_start")) {
            over = told;
        } else if (event.path("delta").path("type").asText().equals("text_delta")) {
            text(half + event.path("delta").path("text").asText());
        }
    }

    private void text(String piece) {
        boolean open = !piece.isEmpty() && Character.isHighSurrogate(piece.charAt(piece.length() - 1));
        String whole = open ? piece.substring(0, piece.length() - 1) : piece;
        half = piece.substring(whole.length());
        if (!whole.isEmpty()) {
            told = true;
            try {
                listener.text(whole);
            } catch (RuntimeException e) {
                // Who can't be told is not there any more.
                broken = true;
                over = true;
            }
        }
    }
}
