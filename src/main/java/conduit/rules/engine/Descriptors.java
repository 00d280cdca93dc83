package conduit.rules.engine;

import conduit.rules.condition.Condition;
import conduit.rules.fact.Request;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

import java.util.List;
import java.util.stream.Stream;

/** Describes rules to the engine: conditions as their trees print them, and no consequence for it to compile. */
final class Descriptors {

    static final String PACKAGE = "conduit.rulebook";

    private Descriptors() {
    }

    /** The rules bear their place in the list as their name. */
    static PackageDescr describe(List<Rule> rules) {
        PackageDescr all = new PackageDescr(PACKAGE);
        all.addImport(new ImportDescr(Request.class.getName()));
        all.addImport(new ImportDescr(Seat.Choice.class.getName().replace('$', '.')));
        for (int i = 0; i < rules.size(); i++) {
            all.addRule(describe(Integer.toString(i), rules.get(i)));
        }
        return all;
    }

    private static RuleDescr describe(String name, Rule rule) {
        RuleDescr described = new RuleDescr(name);
        described.addAttribute(new AttributeDescr("salience", Integer.toString(rule.info().salience())));
        described.addAttribute(new AttributeDescr("dialect", "mvel"));
        AndDescr lhs = new AndDescr();
        lhs.addDescr(new PatternDescr("Choice"));
        add(lhs, rule.condition());
        described.setLhs(lhs);
        described.setConsequence("null;");
        return described;
    }

    /** An {@code and} within another is its parts; an empty one is nothing. */
    private static void add(ConditionalElementDescr to, Condition condition) {
        if (condition instanceof Condition.All all && to instanceof AndDescr) {
            all.parts().forEach(part -> add(to, part));
        } else {
            to.addDescr(describe(condition));
        }
    }

    /** What stands between commas: each can be shared and indexed by the engine. */
    private static Stream<Condition> split(Condition condition) {
        return condition instanceof Condition.All all ? all.parts().stream().flatMap(Descriptors::split)
                : Stream.of(condition);
    }

    private static BaseDescr describe(Condition condition) {
        if (condition instanceof Condition.Pattern pattern) {
            PatternDescr described = new PatternDescr("Request");
            pattern.parts().stream().flatMap(Descriptors::split).map(Condition::compiled).filter(c -> !c.equals("true"))
                    .forEach(c -> described.addConstraint(new ExprConstraintDescr(c)));
            return described;
        }
        ConditionalElementDescr several = condition instanceof Condition.Not ? new NotDescr()
                : condition instanceof Condition.Any ? new OrDescr() : new AndDescr();
        for (Condition part : condition.parts()) {
            if (part instanceof Condition.All all && all.parts().size() == 1) {
                several.addDescr(describe(all.parts().get(0)));
            } else {
                several.addDescr(describe(part));
            }
        }
        return (BaseDescr) several;
    }
}
