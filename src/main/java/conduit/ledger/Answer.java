package conduit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.claude.Outcome.Answered;
import conduit.json.Json;
import conduit.model.Tokens;
import conduit.request.LlmRequest;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A completed request as its sender gets it; the same JSON is stored and given to whoever sends the id again. */
public record Answer(String id, String project, String text, String json) {

    /** The answer of a completion that is answered. */
    public static Answer of(Completion completion) {
        Answered answered = (Answered) completion.outcome();
        Run run = completion.run();
        LlmRequest request = run.request();
        Tokens tokens = completion.usage().stream().map(UsageRow::tokens).reduce(Tokens.NONE, Tokens::plus);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", request.id());
        map.put("project", request.project());
        map.put("status", "completed");
        map.put("result", answered.text());
        map.put("model", completion.lastUsage().isEmpty() ? run.model().id() : completion.lastUsage().get(0).model());
        map.put("decision", run.decision());
        map.put("usage", usage(tokens, completion.costUsd()));
        map.put("latencyMs", answered.latencyMs());
        if (completion.attemptsTold() != null) {
            map.put("attempts", completion.attemptsTold());
        }
        map.put("claudeSession", answered.session());
        map.put("createdAt", run.routed().at().toInstant());
        return new Answer(request.id(), request.project(), answered.text(), Json.write(map));
    }

    /** An answer that was stored. */
    static Answer stored(String json) {
        JsonNode node = Json.tree(json);
        return new Answer(node.path("id").asText(), node.path("project").asText(), node.path("result").asText(), json);
    }

    private static Map<String, Object> usage(Tokens tokens, BigDecimal cost) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("inputTokens", tokens.input());
        usage.put("outputTokens", tokens.output());
        usage.put("cacheReadTokens", tokens.cacheRead());
        usage.put("cacheWriteTokens", tokens.cacheWrite());
        usage.put("totalTokens", tokens.total());
        usage.put("costUsd", cost);
        return usage;
    }
}
