package conduit.rules.condition;

import conduit.rules.fact.Request;

import java.util.List;
import java.util.Objects;

/**
 * One comparison, such as {@code tokenCount > 5000}.
 *
 * @param negated whether {@code not} stands before the operator
 */
public record Test(Operand fact, boolean negated, Operator operator, Value value) implements Condition {

    Truth holds(Request request) {
        if (!request.hasTexts() && (fact.isText() || value instanceof Operand other && other.isText())) {
            return Truth.UNKNOWN;
        }
        return Truth.of(compare(request) != negated);
    }

    private boolean compare(Request request) {
        Object left = fact.of(request);
        if (operator == Operator.MATCHES) {
            return request.fits((String) left, ((Value.Text) value).text());
        }
        Object right = right(request);
        if (left == null || right == null) {
            return operator == Operator.UNEQUAL ? left != right : operator == Operator.EQUAL ? left == right
                    : operator == Operator.EXCLUDES;
        }
        return switch (operator) {
            case EQUAL -> equal(left, right);
            case UNEQUAL -> !equal(left, right);
            case LESS -> order(left, right) < 0;
            case MORE -> order(left, right) > 0;
            case AT_MOST -> order(left, right) <= 0;
            case AT_LEAST -> order(left, right) >= 0;
            case CONTAINS -> contains(left, right);
            case EXCLUDES -> !contains(left, right);
            case MEMBER_OF -> contains(right, left);
            case IN -> ((List<?>) right).stream().anyMatch(one -> equal(left, one));
            case STARTS_WITH -> ((String) left).startsWith((String) right);
            case ENDS_WITH -> ((String) left).endsWith((String) right);
            case MATCHES -> throw new IllegalStateException();
        };
    }

    private Object right(Request request) {
        return value instanceof Operand other ? other.of(request) : value instanceof Value.Text text ? text.text()
                : value instanceof Value.Number number ? number.number() : value instanceof Value.Texts texts
                ? texts.texts() : value instanceof Value.Numbers numbers ? numbers.numbers() : null;
    }

    private static boolean equal(Object left, Object right) {
        return left instanceof java.lang.Number ? order(left, right) == 0 : Objects.equals(left, right);
    }

    private static int order(Object left, Object right) {
        return Double.compare(((java.lang.Number) left).doubleValue(), ((java.lang.Number) right).doubleValue());
    }

    private static boolean contains(Object whole, Object part) {
        return whole instanceof List<?> list ? list.contains(part) : ((String) whole).contains((String) part);
    }

    /** As its author would write it. */
    public String text() {
        return fact.drl() + (negated ? " not " : " ") + operator.sign() + " " + value.drl();
    }

    /**
     * As the engine reads it. An expression is compiled once and called through the request. The engine's own operators
     * on texts and lists fail where the sender left a field out, so they are calls behind a check of that.
     */
    @Override
    public String compiled() {
        return switch (operator) {
            case MATCHES -> not(negated, "fits( " + fact.drl() + ", " + value.drl() + " )");
            case CONTAINS -> not(negated, call(fact, "contains", value));
            case EXCLUDES -> not(!negated, call(fact, "contains", value));
            case MEMBER_OF -> not(negated, call(value, "contains", fact));
            case STARTS_WITH -> not(negated, call(fact, "startsWith", value));
            case ENDS_WITH -> not(negated, call(fact, "endsWith", value));
            default -> text();
        };
    }

    private static String call(Value whole, String method, Value part) {
        return "( " + whole.drl() + " != null && " + (part instanceof Operand ? part.drl() + " != null && " : "")
                + whole.drl() + "." + method + "( " + part.drl() + " ) )";
    }

    private static String not(boolean negated, String expression) {
        return negated ? "!" + expression : expression;
    }
}
