package conduit.rules.condition;

import conduit.rules.condition.Token.Kind;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands behind an operator: a text, a number, null, another field, or behind {@code in} a list. */
record ValueParser(ConditionParser parser) {

    private static final Set<String> TRUTHS = Set.of("true", "false");

    Value parse(Operator operator) throws Fault {
        if (operator == Operator.MATCHES && parser.now().kind() != Kind.TEXT) {
            throw new Fault("Behind matches stands no text in quotes.", "Write prompt matches \".*contract.*\".");
        }
        return operator == Operator.IN ? list() : single();
    }

    private Value single() throws Fault {
        if (parser.take("null")) {
            return new Value.Nothing();
        }
        if (TRUTHS.contains(parser.now().text()) && parser.now().kind() == Kind.WORD) {
            throw new Fault("No field is ever " + parser.now().text() + ".", "Compare with a text or a number.");
        }
        boolean negative = parser.take("-");
        if (parser.now().kind() == Kind.NUMBER) {
            return new Value.Number(number(negative));
        }
        if (negative) {
            throw parser.incomplete();
        }
        return parser.now().kind() == Kind.TEXT ? new Value.Text(parser.take().unquoted()) : parser.operand();
    }

    private Value list() throws Fault {
        parser.expect("(", "Write user in ( \"ann\", \"bob\" ).");
        List<String> texts = new ArrayList<>();
        List<BigDecimal> numbers = new ArrayList<>();
        do {
            Value one = single();
            if (one instanceof Value.Text text) {
                texts.add(text.text());
            } else if (one instanceof Value.Number number) {
                numbers.add(number.number());
            } else {
                throw new Fault("A list behind in holds something that is neither a text in quotes nor a number.",
                        "Write user in ( \"ann\", \"bob\" ).");
            }
        } while (parser.take(","));
        parser.expect(")", "Write user in ( \"ann\", \"bob\" ).");
        if (!texts.isEmpty() && !numbers.isEmpty()) {
            throw new Fault("A list behind in holds texts and numbers.", "Write only texts in quotes, or only numbers.");
        }
        return texts.isEmpty() ? new Value.Numbers(numbers) : new Value.Texts(texts);
    }

    private BigDecimal number(boolean negative) throws Fault {
        String digits = parser.take().text();
        if (!digits.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new Fault(digits + " has more digits than any number here can have.",
                    "Write a number below 1000000000, with at most 9 decimals.");
        }
        return new BigDecimal(negative ? "-" + digits : digits);
    }
}
