package conduit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;
import conduit.ledger.Recorded.Ran;
import conduit.model.Tokens;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Source;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts a recorded request together from its rows, one for each model that was billed, or one if none was. */
final class RecordRow {
    private static final int BYTES_A_TOKEN = 4;

    private final Recorded asked;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String model, Tokens tokens, BigDecimal cost) {
    }

    RecordRow(ResultSet row) throws SQLException {
        String flags = row.getString("flags");
        @SuppressWarnings("unchecked")
        Map<String, Object> metadata = Json.as(Json.tree(row.getString("metadata")), Map.class);
        LlmRequest request = new LlmRequest(row.getString("id"), row.getString("project_id"), "", "",
                new Agent(row.getString("agent_id"), row.getString("agent_type")), row.getString("session_id"),
                row.getString("user_id"), row.getString("category"), flags == null ? List.of() : texts(flags),
                row.getString("pinned_model"), (Integer) row.getObject("max_output_tokens"),
                constraints(row.getString("constraints")), metadata,
                Inlet.valueOf(row.getString("inlet").toUpperCase(Locale.ROOT)));
        long bytes = row.getLong("input_bytes");
        if (row.wasNull()) {
            bytes = (long) row.getInt("token_count") * BYTES_A_TOKEN;
        }
        asked = new Recorded(request, row.getObject("created_at", OffsetDateTime.class).toInstant(),
                RequestState.of(row.getString("state")), row.getBoolean("has_texts"), flags != null, bytes,
                decided(row));
    }

    private static Ran decided(ResultSet row) throws SQLException {
        String model = row.getString("decided_model");
        if (model == null) {
            return null;
        }
        return new Ran(model, Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                Decision.degradedFrom(row.getString("reason")), row.getInt("token_count"), Tokens.NONE, BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    boolean isOf(String id) {
        return asked.request().id().equals(id);
    }

    /** Adds what a row says was billed, if anything. */
    void bill(ResultSet row) throws SQLException {
        if (row.getString("billed_model") != null && asked.ran() != null) {
            long hour = row.getLong("cache_write_1h_tokens");
            parts.add(new Part(row.getString("billed_model"), new Tokens(row.getLong("input_tokens"),
                    row.getLong("output_tokens"), row.getLong("cache_read_tokens"),
                    row.getLong("cache_write_tokens") - hour, hour), row.getBigDecimal("cost")));
        }
    }

    /** All of it. Where no bill bears the model's name, the CLI called it otherwise, and the first one is its own. */
    Recorded recorded() {
        if (parts.isEmpty()) {
            return asked;
        }
        Ran ran = asked.ran();
        String name = parts.stream().anyMatch(part -> part.model().equals(ran.model())) ? ran.model()
                : parts.get(0).model();
        Tokens tokens = Tokens.NONE;
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal besides = BigDecimal.ZERO;
        for (Part part : parts) {
            if (part.model().equals(name)) {
                tokens = tokens.plus(part.tokens());
                cost = cost.add(part.cost());
            } else {
                besides = besides.add(part.cost());
            }
        }
        return new Recorded(asked.request(), asked.at(), asked.state(), asked.hasTexts(), asked.hasLabels(),
                asked.inputBytes(), new Ran(ran.model(), ran.source(), ran.degradedFrom(), ran.tokenCount(), tokens,
                cost, besides));
    }

    private static List<String> texts(String json) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : Json.tree(json)) {
            texts.add(text.asText());
        }
        return texts;
    }

    private static Constraints constraints(String json) {
        return json == null ? Constraints.NONE : Json.as(Json.tree(json), Constraints.class);
    }
}
