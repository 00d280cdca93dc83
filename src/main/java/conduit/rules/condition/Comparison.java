package conduit.rules.condition;

import conduit.project.Conditions;
import conduit.rules.condition.Condition.Fault;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Follows a condition from field to operator to literal, and tells where the three do not fit each other. */
final class Comparison {

    private static final Set<String> ORDER = Set.of("<", ">", "<=", ">=");
    private static final Set<String> TEXTUAL = Set.of("matches", "contains", "excludes", "memberOf", "str");
    private static final Set<String> EITHER = Set.of("==", "!=", "in");

    private static final List<String> DAYS = Stream.of(DayOfWeek.values()).map(Enum::name).toList();

    private String field;
    private String operator;
    private boolean complete;

    /** A field: the left side of a comparison, or the right one of an open comparison. */
    void field(String name) {
        if (operator != null) {
            complete = true;
        } else {
            field = name;
        }
    }

    /** A variable stands for a field whose kind is not followed. */
    void variable() {
        complete |= operator != null;
    }

    /** A binding is a condition's end in itself. */
    void binds() {
        complete = true;
    }

    boolean isComplete() {
        return complete || field == null;
    }

    /** An operator, a literal or a sign. */
    Optional<Fault> next(String token, boolean isText, boolean isNumber, String before) {
        if (ORDER.contains(token) || TEXTUAL.contains(token) || EITHER.contains(token)) {
            operator = token;
            return checkOperator();
        }
        if (before.equals("[")) {
            return Optional.empty();
        }
        if (token.equals("null") || token.equals("true") || token.equals("false")) {
            complete = true;
        }
        if (token.equals("&&") || token.equals("||") || token.equals(",") && !"in".equals(operator)) {
            operator = null;
        }
        return isText ? checkText(token) : isNumber ? checkNumber(token) : Optional.empty();
    }

    private Optional<Fault> checkOperator() {
        if (field == null) {
            return Optional.empty();
        }
        if (Conditions.NUMBERS.contains(field) && TEXTUAL.contains(operator)) {
            return fault(field + " is a number, for which there is no " + operator + ".",
                    "Compare it with == != < > <= >=.");
        }
        if (!Conditions.NUMBERS.contains(field) && ORDER.contains(operator)) {
            return fault(field + " is a text, for which there is no " + operator + ".",
                    "Compare it with == != matches contains in.");
        }
        return Optional.empty();
    }

    private Optional<Fault> checkText(String literal) {
        complete = true;
        if (field != null && Conditions.NUMBERS.contains(field)) {
            return fault(field + " is a number, and " + literal + " is a text.", "Write the number without quotes.");
        }
        if ("dayOfWeek".equals(field) && EITHER.contains(String.valueOf(operator))
                && !DAYS.contains(literal.substring(1, literal.length() - 1))) {
            return fault("dayOfWeek is never " + literal + ".", "Its values are " + String.join(", ", DAYS) + ".");
        }
        if ("flags".equals(field) && ("==".equals(operator) || "!=".equals(operator))) {
            return fault("flags is a list, which is never equal to a text.", "Write flags contains " + literal + ".");
        }
        return "matches".equals(operator) ? checkExpression(literal) : Optional.empty();
    }

    private static Optional<Fault> checkExpression(String literal) {
        String expression = literal.substring(1, literal.length() - 1).translateEscapes();
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return fault(literal + " is no regular expression: " + e.getDescription() + " at position "
                    + e.getIndex() + ".", "Try contains, which needs no expression.");
        }
    }

    private Optional<Fault> checkNumber(String literal) {
        complete = true;
        if (field != null && !Conditions.NUMBERS.contains(field)) {
            return fault(field + " is a text, and " + literal + " is a number.", "Write \"" + literal + "\".");
        }
        if (!literal.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return fault(literal + " has more digits than any number here can have.",
                    "Write a number below 1000000000, with at most 9 decimals.");
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(String message, String fix) {
        return Optional.of(new Fault(message, fix));
    }
}
