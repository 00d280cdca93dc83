package conduit.rules;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.project.Conditions;
import conduit.project.Project;
import conduit.project.ProjectRule;
import conduit.rules.text.Quoted;
import conduit.rules.text.RuleSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a project's own rules out as a DRL file, so that there is one evaluator and its text can be read. */
public final class ProjectDrl {

    private ProjectDrl() {
    }

    /** The rule file of a project's enabled rules, or nothing where it has none. */
    public static Optional<RuleSource> write(Project project) {
        StringBuilder text = new StringBuilder();
        for (ProjectRule rule : project.routingRules()) {
            if (rule.enabled()) {
                text.append("rule ").append(Quoted.quote(rule.name() + " (" + rule.id() + ")"))
                        .append("  salience ").append(rule.priority())
                        .append("\nwhen  $route : Route()  Request( ").append(conditions(rule.conditions()))
                        .append(" )\nthen  $route.to(").append(Quoted.quote(rule.targetModel())).append(", ")
                        .append(Quoted.quote(rule.name())).append(");\nend\n\n");
            }
        }
        return text.isEmpty() ? Optional.empty()
                : Optional.of(new RuleSource("project " + project.id(), text.toString()));
    }

    private static String conditions(JsonNode node) {
        boolean isOr = "OR".equals(node.path("type").asText("AND"));
        List<JsonNode> parts = new ArrayList<>();
        node.path("rules").forEach(parts::add);
        if (!isOr) {
            parts.sort(Comparator.comparingInt(ProjectDrl::cost));
        }
        return parts.stream().map(part -> part.has("rules") ? "( " + conditions(part) + " )" : condition(part))
                .collect(Collectors.joining(isOr ? " || " : " && "));
    }

    /** What the engine can index goes first, and what reads a long text last; the order changes no answer. */
    private static int cost(JsonNode part) {
        String field = part.path("field").asText();
        String operator = part.path("operator").asText();
        return part.has("rules") ? 3 : operator.equals("matches") ? 5
                : Set.of("prompt", "message", "system").contains(field) ? 4 : Conditions.NUMBERS.contains(field) ? 1
                : sign(operator).equals("==") && !field.equals(Conditions.LIST) ? 0 : 2;
    }

    private static String condition(JsonNode one) {
        String field = one.path("field").asText();
        JsonNode value = one.path("value");
        String operator = one.path("operator").asText();
        if (Conditions.NUMBERS.contains(field)) {
            return field + " " + sign(operator) + " " + value.decimalValue().toPlainString();
        }
        String text = Quoted.quote(value.asText());
        if (field.equals(Conditions.LIST)) {
            return operator.equals("!=") ? "flags not contains " + text : "flags contains " + text;
        }
        return switch (operator) {
            case "matches" -> field + " matches " + anywhere(value.asText());
            case "contains" -> field + " contains " + text;
            default -> field + " " + sign(operator) + " " + text;
        };
    }

    private static String sign(String operator) {
        return operator.equals("=") || operator.equals("equals") ? "==" : operator;
    }

    private static String anywhere(String expression) {
        return Quoted.quote(Conditions.anywhere(expression));
    }
}
