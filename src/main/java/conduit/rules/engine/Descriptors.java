package conduit.rules.engine;

import conduit.rules.condition.Condition;
import conduit.rules.fact.Request;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

import java.util.List;

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

    /**
     * As there is exactly one request, what an author spreads over several patterns is one pattern here. The engine's
     * own {@code not} and {@code or} would not do: a seat is used again, and to the engine "there is no such request"
     * has held since the last decision and is no news.
     */
    private static RuleDescr describe(String name, Rule rule) {
        RuleDescr described = new RuleDescr(name);
        described.addAttribute(new AttributeDescr("salience", Integer.toString(rule.info().salience())));
        described.addAttribute(new AttributeDescr("dialect", "mvel"));
        AndDescr lhs = new AndDescr();
        lhs.addDescr(new PatternDescr("Choice"));
        PatternDescr request = new PatternDescr("Request");
        add(request, rule.condition());
        lhs.addDescr(request);
        described.setLhs(lhs);
        described.setConsequence("null;");
        return described;
    }

    private static void add(PatternDescr request, Condition condition) {
        if (condition instanceof Condition.All || condition instanceof Condition.Pattern) {
            condition.parts().forEach(part -> add(request, part));
        } else {
            request.addConstraint(new ExprConstraintDescr(condition.compiled()));
        }
    }
}
