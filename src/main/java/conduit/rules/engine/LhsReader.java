package conduit.rules.engine;

import conduit.rules.condition.Condition;
import conduit.rules.condition.ConditionParser;
import conduit.rules.condition.Fault;
import conduit.rules.condition.Operand;
import conduit.rules.condition.Test;
import conduit.rules.condition.Value;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what stands between {@code when} and {@code then}: {@code Request( … )} and {@code $route : Route()}. */
final class LhsReader {

    /** The engine asks them one within the other, so very many would exhaust its stack. */
    private static final int MOST_COMPARISONS = 500;

    private final RuleReader problems;
    private final Set<String> routes = new HashSet<>();
    private final Map<String, Operand> variables = new HashMap<>();

    LhsReader(RuleReader problems) {
        this.problems = problems;
    }

    /** The variables that stand for Route. */
    Set<String> routes() {
        return routes;
    }

    Condition read(BaseDescr lhs) {
        Condition condition = part(lhs, false);
        if (size(condition) > MOST_COMPARISONS) {
            problems.refuse(lhs.getLine(), "The rule compares with more than " + MOST_COMPARISONS + " values.",
                    "Write several rules.");
        }
        return condition;
    }

    private Condition part(BaseDescr part, boolean inside) {
        if (part instanceof PatternDescr pattern) {
            return pattern(pattern, inside);
        }
        if (!(part instanceof ConditionalElementDescr several) || !(part instanceof AndDescr || part instanceof OrDescr
                || part instanceof NotDescr || part instanceof ExistsDescr)) {
            problems.refuse(part.getLine(), "A condition of this kind (" + part.getClass().getSimpleName()
                    .replace("Descr", "").toLowerCase(Locale.ROOT) + ") is not allowed.",
                    "Use Request( … ) with comparisons, and, or, not, exists.");
            return new Condition.All(List.of());
        }
        boolean below = inside || !(part instanceof AndDescr);
        List<Condition> parts = several.getDescrs().stream().map(child -> part((BaseDescr) child, below)).toList();
        return part instanceof NotDescr ? new Condition.Not(new Condition.All(parts))
                : part instanceof OrDescr ? new Condition.Any(parts) : new Condition.All(parts);
    }

    private Condition pattern(PatternDescr pattern, boolean inside) {
        String type = pattern.getObjectType();
        if (!Set.of("Request", "Route").contains(type) || pattern.getSource() != null || pattern.isQuery() || pattern.isUnification()
                || !pattern.getBehaviors().isEmpty() || !pattern.getAnnotations().isEmpty()) {
            problems.refuse(pattern.getLine(), "\"" + type + "\" with what follows is not a fact that rules can read.",
                    "Use Request( … ) or $route : Route(), without 'from' or 'over'.");
            return new Condition.All(List.of());
        }
        if (type.equals("Route")) {
            return route(pattern, inside);
        }
        List<Condition> parts = new ArrayList<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            if (constraint instanceof ExprConstraintDescr expression
                    && expression.getType() == ExprConstraintDescr.Type.NAMED) {
                parse(expression, parts);
            } else {
                problems.refuse(constraint.getLine(), "\"" + constraint + "\" is not allowed here.",
                        "Compare a field of Request, such as Request( tokenCount > 5000 ).");
            }
        }
        return new Condition.Pattern(parts);
    }

    private Condition route(PatternDescr pattern, boolean inside) {
        if (inside || !pattern.getConstraint().getDescrs().isEmpty()) {
            problems.refuse(pattern.getLine(), "Route stands inside or, not, exists, or has conditions.",
                    "Begin the conditions with $route : Route().");
        }
        if (pattern.getIdentifier() != null) {
            routes.add(pattern.getIdentifier());
        }
        return new Condition.All(List.of());
    }

    private void parse(ExprConstraintDescr expression, List<Condition> parts) {
        try {
            parts.add(ConditionParser.parse(expression.getExpression(), variables));
        } catch (Fault e) {
            problems.refuse(expression.getLine(), e.getMessage(), e.fix());
        }
    }

    private static long size(Condition condition) {
        return condition instanceof Test test ? test.value() instanceof Value.Texts list ? list.texts().size()
                : test.value() instanceof Value.Numbers list ? list.numbers().size() : 1
                : condition.parts().stream().mapToLong(LhsReader::size).sum();
    }
}
