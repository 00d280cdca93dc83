package conduit.bench.rules;

import conduit.bench.rules.BenchRule.Equality;
import conduit.bench.rules.BenchRule.Expression;
import conduit.bench.rules.BenchRule.Member;
import conduit.bench.rules.BenchRule.Range;
import conduit.bench.rules.BenchRule.Word;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules in the forms of the two engines on Node, as maps to be written as JSON. */
final class NodeRules {

    private NodeRules() {
    }

    /**
     * Rules of json-rules-engine. {@code textContains} and {@code matches} are operators that src/test/node adds, as
     * its documentation shows: its own {@code contains} is for lists only.
     */
    static List<Object> jsonRulesEngine(List<BenchRule> rules) {
        List<Object> all = new ArrayList<>();
        for (BenchRule rule : rules) {
            all.add(Map.of("priority", rule.priority(), "conditions", Map.of("all", facts(rule)),
                    "event", Map.of("type", "decided", "params", Map.of("rule", rule.name()))));
        }
        return all;
    }

    private static List<Object> facts(BenchRule rule) {
        if (rule.when() instanceof Equality when) {
            return List.of(fact("agentType", "equal", when.agentType()),
                    fact("tokenCount", "greaterThan", when.moreThan()));
        }
        if (rule.when() instanceof Range when) {
            return List.of(fact("tokenCount", "greaterThanInclusive", when.from()),
                    fact("tokenCount", "lessThanInclusive", when.to()));
        }
        if (rule.when() instanceof Word when) {
            return List.of(fact("prompt", "textContains", when.word()));
        }
        if (rule.when() instanceof Member when) {
            return List.of(fact("flags", "contains", when.flag()));
        }
        return List.of(fact("prompt", "matches", ((Expression) rule.when()).pattern()));
    }

    private static Map<String, Object> fact(String fact, String operator, Object value) {
        return Map.of("fact", fact, "operator", operator, "value", value);
    }

    /** A decision of zen: one table, hit policy first, a column a field; all that rules do is in its own language. */
    static Map<String, Object> zen(List<BenchRule> rules) {
        List<Object> inputs = new ArrayList<>();
        for (String field : List.of("agentType", "tokenCount", "flags", "prompt")) {
            inputs.add(Map.of("id", field, "name", field, "field", field));
        }
        Map<String, Object> table = Map.of("hitPolicy", "first", "inputs", inputs,
                "outputs", List.of(Map.of("id", "rule", "name", "rule", "field", "rule")),
                "rules", rules.stream().map(NodeRules::row).toList());
        return Map.of("nodes", List.of(node("in", "inputNode", Map.of()), node("table", "decisionTableNode", table),
                node("out", "outputNode", Map.of())), "edges", List.of(edge("in", "table"), edge("table", "out")));
    }

    private static Map<String, Object> row(BenchRule rule) {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("_id", rule.name(), "agentType", "", "tokenCount", "",
                "flags", "", "prompt", "", "rule", '"' + rule.name() + '"'));
        if (rule.when() instanceof Equality when) {
            row.put("agentType", '"' + when.agentType() + '"');
            row.put("tokenCount", "> " + when.moreThan());
        } else if (rule.when() instanceof Range when) {
            row.put("tokenCount", "[" + when.from() + ".." + when.to() + "]");
        } else if (rule.when() instanceof Word when) {
            row.put("prompt", "contains($, \"" + when.word() + "\")");
        } else if (rule.when() instanceof Member when) {
            row.put("flags", "contains($, \"" + when.flag() + "\")");
        } else if (rule.when() instanceof Expression when) {
            row.put("prompt", "matches($, \"" + when.pattern() + "\")");
        }
        return row;
    }

    private static Map<String, Object> node(String id, String type, Object content) {
        return Map.of("id", id, "name", id, "type", type, "position", Map.of("x", 0, "y", 0), "content", content);
    }

    private static Map<String, Object> edge(String from, String to) {
        return Map.of("id", from + to, "type", "edge", "sourceId", from, "targetId", to);
    }
}
