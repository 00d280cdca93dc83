package conduit.rules.condition;

import conduit.expression.Expression;
import conduit.expression.ExpressionException;
import conduit.rules.condition.Operand.Kind;
import conduit.rules.text.Quoted;

import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.Stream;

/** Checks that field, operator and value fit each other, so that nothing that a sender writes makes a rule fail. */
final class Kinds {

    private static final List<String> DAYS = Stream.of(DayOfWeek.values()).map(Enum::name).toList();

    private Kinds() {
    }

    static Test check(Test test) throws Fault {
        String name = test.fact().drl();
        Operator operator = test.operator();
        Kind kind = test.fact().kind();
        if (test.negated() && operator.compares()) {
            throw new Fault("not stands before " + operator.sign() + ".", "Write !( … ) around the comparison.");
        }
        if (kind == Kind.NUMBER && !operator.compares() && operator != Operator.IN) {
            throw new Fault(name + " is a number, for which there is no " + operator.sign() + ".",
                    "Compare it with == != < > <= >=.");
        }
        if (kind == Kind.TEXT && operator.orders()) {
            throw new Fault(name + " is a text, for which there is no " + operator.sign() + ".",
                    "Compare it with == != matches contains in.");
        }
        if (kind == Kind.LIST && operator != Operator.CONTAINS && operator != Operator.EXCLUDES) {
            throw new Fault(name + " is a list, for which there is no " + operator.sign() + ".",
                    "Write flags contains \"urgent\".");
        }
        if (test.value() instanceof Operand other) {
            checkFacts(test, other);
        } else {
            checkLiteral(test, name, kind);
        }
        return test;
    }

    private static void checkFacts(Test test, Operand other) throws Fault {
        Kind needed = test.operator() == Operator.MEMBER_OF ? Kind.LIST
                : test.fact().kind() == Kind.LIST ? Kind.TEXT : test.fact().kind();
        if (other.kind() != needed) {
            throw new Fault(test.fact().drl() + " and " + other.drl() + " can't be compared with "
                    + test.operator().sign() + ".", "Compare a text with a text and a number with a number.");
        }
    }

    private static void checkLiteral(Test test, String name, Kind kind) throws Fault {
        Value value = test.value();
        boolean isText = value instanceof Value.Text || value instanceof Value.Texts;
        boolean isNumber = value instanceof Value.Number || value instanceof Value.Numbers;
        if (kind == Kind.NUMBER && isText) {
            throw new Fault(name + " is a number, and " + value.drl() + " is a text.", "Write the number without quotes.");
        }
        if (kind != Kind.NUMBER && isNumber) {
            throw new Fault(name + " is a text, and " + value.drl() + " is a number.", "Write it in quotes.");
        }
        if (test.operator() == Operator.MEMBER_OF) {
            throw new Fault("Behind memberOf stands no list.", "Write user in ( \"ann\", \"bob\" ).");
        }
        if (value instanceof Value.Nothing && test.operator() != Operator.EQUAL && test.operator() != Operator.UNEQUAL) {
            throw new Fault("null stands behind " + test.operator().sign() + ".", "Write == null or != null.");
        }
        if (name.equals("dayOfWeek")) {
            checkDays(test);
        }
        if (test.operator() == Operator.MATCHES) {
            try {
                Expression.compile(((Value.Text) value).text());
            } catch (ExpressionException e) {
                throw new Fault(value.drl() + " can't be used as an expression: " + e.problem(), e.fix());
            }
        }
    }

    private static void checkDays(Test test) throws Fault {
        List<String> texts = test.value() instanceof Value.Texts list ? list.texts()
                : test.value() instanceof Value.Text text && test.operator().compares() ? List.of(text.text()) : List.of();
        for (String day : texts) {
            if (!DAYS.contains(day)) {
                throw new Fault("dayOfWeek is never " + Quoted.quote(day) + ".",
                        "Its values are " + String.join(", ", DAYS) + ".");
            }
        }
    }
}
