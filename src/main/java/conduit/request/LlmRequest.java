package conduit.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
import conduit.json.Json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One request to a model, checked by its {@link RequestParser}.
 *
 * @param id              unique over all projects; the sender's, or made at intake
 * @param project         the project that pays
 * @param prompt          the text for the model, never blank
 * @param system          the system prompt, empty if none
 * @param model           a model that the sender pins, or null
 * @param maxOutputTokens the most output tokens, or null for the default
 * @param metadata        the sender's own notes, kept with the usage
 */
public record LlmRequest(String id, String project, String prompt, String system, Agent agent, String session,
                         String user, String category, List<String> flags, String model, Integer maxOutputTokens,
                         Constraints constraints, Map<String, Object> metadata, Inlet inlet) {

    public LlmRequest {
        flags = List.copyOf(flags);
    }

    /** The estimate of input tokens: code points of system and prompt / 4, rounded up. */
    @JsonIgnore
    public int tokenCount() {
        long points = (long) prompt.codePointCount(0, prompt.length()) + system.codePointCount(0, system.length());
        return (int) ((points + 3) / 4);
    }

    /**
     * The most tokens that the input can become: one a UTF-8 byte, which no byte-level tokenizer exceeds, and
     * {@code overhead} for what the CLI adds.
     */
    @JsonIgnore
    public long mostInputTokens(int overhead) {
        return (long) prompt.getBytes(StandardCharsets.UTF_8).length
                + system.getBytes(StandardCharsets.UTF_8).length + overhead;
    }

    /** What a roll-out hashes: the user, else the session, else the request. */
    @JsonIgnore
    public String roller() {
        return user != null ? user : session != null ? session : id;
    }

    /**
     * A hash by which a user's own prompts can be compared, see {@link SimilarityHash}; null without a user, and for a prompt
     * that says too little. It differs from project to project, and where user, system prompt or agent type differ.
     */
    @JsonIgnore
    public Long similarity() {
        return user == null ? null : SimilarityHash.of(String.join("\0", project, user, agent.type() == null ? ""
                : agent.type(), system), prompt);
    }

    /** SHA-256 over everything but the inlet, in hex: two bodies with one fingerprint ask the same. */
    @JsonIgnore
    public String fingerprint() {
        Object[] asked = {id, project, prompt, system, agent, session, user, category, flags, model, maxOutputTokens,
                constraints, metadata};
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Json.canonical(asked).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
