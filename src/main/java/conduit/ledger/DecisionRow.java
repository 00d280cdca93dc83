package conduit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.bandit.Candidate;
import conduit.json.Json;
import conduit.routing.Decision;
import conduit.routing.Sampling;
import conduit.routing.Source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a decision back from its row. */
final class DecisionRow {

    private DecisionRow() {
    }

    static Decision read(ResultSet row, int index) throws SQLException {
        List<String> rules = new ArrayList<>();
        Json.tree(row.getString("rules")).forEach(rule -> rules.add(rule.asText()));
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode candidate : Json.tree(row.getString("candidates"))) {
            candidates.add(Json.as(candidate, Candidate.class));
        }
        return new Decision(row.getString("model"),
                Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)), row.getString("reason"), rules,
                row.getInt("token_count"), row.getString("category"), candidates, row.getString("rules_version"),
                sampling(row.getString("sampling")),
                (Long) row.getObject("seed"), row.getLong("routing_micros"),
                row.getBoolean("simulated") ? true : null);
    }

    private static Sampling sampling(String text) {
        return text == null ? null : Json.as(Json.tree(text), Sampling.class);
    }
}
