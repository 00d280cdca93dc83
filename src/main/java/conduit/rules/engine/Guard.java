package conduit.rules.engine;

import conduit.rules.condition.Condition;
import conduit.rules.form.RuleProblem;
import conduit.rules.form.RuleSource;
import conduit.model.Catalogue;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a rule read facts and call Route, and nothing else. It allows what it knows and refuses the rest, before
 * anything compiles: rule authors are semi-trusted, and the text between {@code then} and {@code end} is Java.
 */
final class Guard {

    private static final Map<String, String> ATTRIBUTES = Map.of("salience", "-?\\d{1,9}", "enabled", "true|false");
    /** Java turns it into the character before it looks for the end of a text in quotes. */
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u");
    private static final Set<String> FACTS = Set.of("Request", "Route");

    private final String file;
    private final Catalogue catalogue;
    private final List<RuleProblem> problems = new ArrayList<>();

    private Guard(String file, Catalogue catalogue) {
        this.file = file;
        this.catalogue = catalogue;
    }

    /** The problems of a file whose grammar is sound; none means that it may be compiled. */
    static List<RuleProblem> check(RuleSource source, PackageDescr parsed, Catalogue catalogue) {
        Guard guard = new Guard(source.file(), catalogue);
        Matcher escape = UNICODE_ESCAPE.matcher(source.text());
        if (escape.find()) {
            guard.refuse(1 + (int) source.text().substring(0, escape.start()).chars().filter(c -> c == '\n').count(), null,
                    "A character is written as \\u….", "Type the character itself.");
        }
        if (source.text().replace("\r\n", "\n").indexOf('\r') >= 0) {
            guard.refuse(0, null, "The file has a line end of a kind that not every reader takes for one (CR).",
                    "Save it with the usual line ends.");
        }
        guard.checkPackage(parsed);
        Set<String> names = new HashSet<>();
        for (RuleDescr rule : parsed.getRules()) {
            if (!names.add(rule.getName())) {
                guard.refuse(rule.getLine(), rule.getName(), "Two rules in this file have this name.",
                        "Give one of them another name.");
            }
            guard.checkRule(rule);
        }
        return guard.problems;
    }

    private void checkPackage(PackageDescr parsed) {
        boolean more = !parsed.getImports().isEmpty() || !parsed.getFunctionImports().isEmpty()
                || !parsed.getAccumulateImports().isEmpty() || !parsed.getGlobals().isEmpty()
                || !parsed.getFunctions().isEmpty() || !parsed.getTypeDeclarations().isEmpty()
                || !parsed.getEnumDeclarations().isEmpty() || !parsed.getEntryPointDeclarations().isEmpty()
                || !parsed.getWindowDeclarations().isEmpty() || !parsed.getAttributes().isEmpty()
                || parsed.getUnit() != null;
        if (more) {
            refuse(0, null, "Outside of rules the file holds an import, a global, a function, a declaration, a unit "
                    + "or an attribute.", "Remove it: a file holds rules only, and Request and Route are known.");
        }
    }

    private void checkRule(RuleDescr rule) {
        int line = rule.getLine();
        if (rule instanceof QueryDescr) {
            refuse(line, rule.getName(), "A query is not allowed.", "Write it as a rule.");
            return;
        }
        if (!rule.getAnnotations().isEmpty() || rule.getParentName() != null
                || !rule.getNamedConsequences().isEmpty()) {
            refuse(line, rule.getName(), "An annotation (@…), 'extends' or a named consequence is not allowed.",
                    "Remove it.");
        }
        for (AttributeDescr attribute : rule.getAttributes().values()) {
            String allowed = ATTRIBUTES.get(attribute.getName());
            if (allowed == null || !String.valueOf(attribute.getValue()).matches(allowed)) {
                refuse(attribute.getLine(), rule.getName(), "The attribute '" + attribute.getName() + "' is not "
                        + "allowed, or not with this value.", "Use salience with a whole number, or leave it out.");
            }
        }
        Set<String> routes = new HashSet<>();
        Set<String> variables = new HashSet<>();
        checkConditions(rule, rule.getLhs(), routes, variables);
        problems.addAll(new Consequence(file, rule, routes, catalogue).check());
    }

    private void checkConditions(RuleDescr rule, BaseDescr part, Set<String> routes, Set<String> variables) {
        if (part instanceof PatternDescr pattern) {
            checkPattern(rule, pattern, routes, variables);
        } else if (part instanceof AndDescr || part instanceof OrDescr || part instanceof NotDescr
                || part instanceof ExistsDescr) {
            ((ConditionalElementDescr) part).getDescrs()
                    .forEach(child -> checkConditions(rule, (BaseDescr) child, routes, variables));
        } else {
            refuse(part.getLine(), rule.getName(), "A condition of this kind ("
                    + part.getClass().getSimpleName().replace("Descr", "").toLowerCase(java.util.Locale.ROOT)
                    + ") is not allowed.", "Use Request( … ) with comparisons, and, or, not, exists.");
        }
    }

    private void checkPattern(RuleDescr rule, PatternDescr pattern, Set<String> routes, Set<String> variables) {
        if (!FACTS.contains(pattern.getObjectType()) || pattern.getSource() != null || pattern.isQuery()
                || !pattern.getBehaviors().isEmpty() || !pattern.getAnnotations().isEmpty()) {
            refuse(pattern.getLine(), rule.getName(), "\"" + pattern.getObjectType() + "\" with what follows is not "
                    + "a fact that rules can read.", "Use Request( … ) or $route : Route(), without 'from' or 'over'.");
            return;
        }
        if (pattern.getIdentifier() != null) {
            variables.add(pattern.getIdentifier());
            if (pattern.getObjectType().equals("Route")) {
                routes.add(pattern.getIdentifier());
            }
        }
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            if (constraint instanceof ExprConstraintDescr expression && pattern.getObjectType().equals("Request")
                    && expression.getType() == ExprConstraintDescr.Type.NAMED) {
                Condition.check(expression.getExpression(), variables).ifPresent(fault ->
                        refuse(constraint.getLine(), rule.getName(), fault.message(), fault.fix()));
            } else {
                refuse(constraint.getLine(), rule.getName(), "\"" + constraint + "\" is not allowed here.",
                        "Compare a field of Request, such as Request( tokenCount > 5000 ).");
            }
        }
    }

    private void refuse(int line, String rule, String message, String fix) {
        problems.add(new RuleProblem(file, Math.max(0, line), rule, message, fix));
    }
}
