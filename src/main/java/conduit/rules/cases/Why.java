package conduit.rules.cases;

import conduit.expression.OvertimeException;
import conduit.json.Nearest;
import conduit.rules.condition.Failure;
import conduit.rules.condition.Value;
import conduit.rules.engine.Action;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleInfo;
import conduit.rules.engine.RuleSet;
import conduit.rules.engine.RuleTrace;
import conduit.rules.text.Quoted;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells why the rule that a row expects had no say.
 *
 * @param rules those that were asked
 */
record Why(RuleSet rules) {

    private static final int MOST_RULES = 3;

    /** Sentences, each with a space before it; empty where there is nothing to tell. */
    String tell(Case one, Answer answer) {
        Expected expected = one.expected();
        try {
            if (expected.rule() != null && !expected.rule().equals(Expected.NONE)) {
                return rules.rules().stream().anyMatch(r -> r.name().equals(expected.rule()))
                        ? tell(one, answer, List.of(expected.rule())) : noRule(expected.rule());
            }
            String decision = expected.decision();
            if (decision == null || decision.equals(Expected.NONE) || decision.equals(answer.decision())) {
                return "";
            }
            List<String> could = rules.read().stream().filter(rule -> decides(rule, decision))
                    .map(rule -> rule.info().name()).toList();
            return could.isEmpty() ? noModel(decision) : could.size() > MOST_RULES ? "" : tell(one, answer, could);
        } catch (OvertimeException e) {
            return "";
        }
    }

    private static boolean decides(Rule rule, String decision) {
        return rule.actions().stream().anyMatch(action -> action instanceof Action.To to ? to.model().equals(decision)
                : action instanceof Action.Deny && decision.equals(Expected.DENY));
    }

    private String noRule(String name) {
        List<String> names = rules.rules().stream().map(RuleInfo::name).toList();
        String nearest = names.isEmpty() ? null : Nearest.of(name, names);
        return " No rule of this file is called \"" + name + "\"" + (nearest == null ? "."
                : "; did you mean \"" + nearest + "\"?");
    }

    private String noModel(String decision) {
        if (decision.equals(Expected.DENY)) {
            return " No rule of this file denies anything.";
        }
        List<String> models = rules.read().stream().flatMap(rule -> rule.actions().stream())
                .filter(Action.To.class::isInstance).map(action -> ((Action.To) action).model()).distinct().toList();
        return " No rule of this file sends anything to \"" + decision + "\"" + (models.isEmpty() ? "."
                : "; they choose " + String.join(", ", models) + ".");
    }

    private String tell(Case one, Answer answer, List<String> names) {
        return rules.explain(one.request()).stream().filter(trace -> names.contains(trace.rule()))
                .map(trace -> tell(trace, answer)).collect(Collectors.joining());
    }

    private static String tell(RuleTrace trace, Answer answer) {
        String name = " \"" + trace.rule() + "\" ";
        return switch (trace.role()) {
            case "did not match" -> name + "did not match: " + tell(trace.failed()) + ".";
            case "not asked" -> name + "holds as well, but \"" + answer.rule() + "\" goes first.";
            case "not enabled" -> name + "is switched off.";
            case "took part" -> name + "has neither to nor deny, so it never decides.";
            default -> "";
        };
    }

    private static String tell(Failure failed) {
        return failed.condition() + (failed.facts().isEmpty() ? "" : failed.facts().entrySet().stream()
                .map(Why::tell).collect(Collectors.joining(", ", ", and ", "")));
    }

    private static String tell(Map.Entry<String, Object> fact) {
        Object value = fact.getValue();
        String written = value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : value instanceof List<?> list ? list.stream().map(m -> Quoted.quote((String) m))
                .collect(Collectors.joining(", ")) : value instanceof String text ? Quoted.quote(text) : "";
        return fact.getKey() + (value == null ? " was left out" : written.isEmpty() || written.equals("\"\"")
                ? " is empty" : " is " + written);
    }
}
