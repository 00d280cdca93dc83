package conduit.project;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.expression.Expression;
import conduit.expression.ExpressionException;
import conduit.json.Fields;
import conduit.problem.Problem;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Checks the conditions of a project's rules: fields, operators and values that fit each other. */
public final class Conditions {

    /** Fields that hold a text. */
    public static final Set<String> TEXTS = Set.of("id", "project", "prompt", "message", "system", "agentId",
            "agentType", "session", "user", "category", "inlet", "dayOfWeek");
    /** Fields that hold a number. */
    public static final Set<String> NUMBERS = Set.of("tokenCount", "hour", "dailySpendUsd", "monthlySpendUsd");
    /** The field that holds a list of texts. */
    public static final String LIST = "flags";

    private static final List<String> OPERATORS = List.of(">", "<", ">=", "<=", "=", "equals", "!=", "contains",
            "matches");
    private static final int MAX_NESTING = 10;
    private static final BigDecimal LARGEST = new BigDecimal("999999999");
    private static final int MOST_DECIMALS = 9;

    private Conditions() {
    }

    /**
     * Checks one level of conditions and all below it.
     *
     * @throws conduit.problem.ProblemException naming the field at fault and what is allowed
     */
    public static void check(Fields conditions) {
        check(conditions, 1);
    }

    private static void check(Fields conditions, int depth) {
        String type = conditions.text("type");
        if (type != null && !type.equals("AND") && !type.equals("OR")) {
            throw conditions.wrong("type", "\"AND\" or \"OR\"");
        }
        List<Fields> parts = conditions.objects("rules");
        if (parts.isEmpty()) {
            throw conditions.wrong("rules", "a list with at least one condition");
        }
        if (depth > MAX_NESTING) {
            throw conditions.wrong("rules", "nested at most " + MAX_NESTING + " deep");
        }
        for (Fields part : parts) {
            if (part.has("rules")) {
                check(part, depth + 1);
            } else {
                checkOne(part);
            }
        }
    }

    private static void checkOne(Fields one) {
        String field = one.text("field");
        if (field == null || !TEXTS.contains(field) && !NUMBERS.contains(field) && !LIST.equals(field)) {
            throw one.wrong("field", "one of " + String.join(", ", NUMBERS.stream().sorted().toList()) + ", "
                    + String.join(", ", TEXTS.stream().sorted().toList()) + ", " + LIST);
        }
        String operator = one.text("operator");
        if (operator == null || !OPERATORS.contains(operator)) {
            throw one.wrong("operator", "one of " + String.join(" ", OPERATORS));
        }
        JsonNode value = one.node().get("value");
        boolean compares = List.of(">", "<", ">=", "<=").contains(operator);
        if (NUMBERS.contains(field)) {
            if (value == null || !value.isNumber()) {
                throw one.wrong("value", "a number, as " + field + " is one");
            }
            if (value.decimalValue().abs().compareTo(LARGEST) > 0 || value.decimalValue().scale() > MOST_DECIMALS) {
                throw one.wrong("value", "a number from -" + LARGEST + " to " + LARGEST + " with at most "
                        + MOST_DECIMALS + " decimals");
            }
            if (operator.equals("contains") || operator.equals("matches")) {
                throw one.wrong("operator", "one of > < >= <= = !=, as " + field + " is a number");
            }
            return;
        }
        if (value == null || !value.isTextual()) {
            throw one.wrong("value", "a text, as " + field + " is one");
        }
        if (compares) {
            throw one.wrong("operator", "one of = != contains matches, as " + field + " is no number");
        }
        if (operator.equals("matches") && field.equals(LIST)) {
            throw one.wrong("operator", "one of = != contains, as flags is a list");
        }
        if (operator.equals("matches")) {
            checkExpression(one, value.textValue());
        }
    }

    /** The expression that matches a whole text in which this one is found anywhere. */
    public static String anywhere(String expression) {
        return "(?s:.*)(?:" + expression + ")(?s:.*)";
    }

    private static void checkExpression(Fields one, String expression) {
        try {
            Expression.compile(expression);
            Expression.compile(anywhere(expression));
        } catch (ExpressionException e) {
            throw Problem.field(one.name("value"), one.name("value") + " is \"" + expression + "\", which can't be used "
                    + "as an expression: " + e.problem() + " " + e.fix()).asException();
        }
    }
}
