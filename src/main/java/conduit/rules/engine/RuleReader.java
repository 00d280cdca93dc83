package conduit.rules.engine;

import conduit.model.Catalogue;
import conduit.rules.condition.Condition;
import conduit.rules.condition.Fault;
import conduit.rules.text.RuleProblem;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one rule; everything that it does not know is a problem. */
final class RuleReader {

    private static final Map<String, String> ATTRIBUTES = Map.of("salience", "-?\\d{1,9}", "enabled", "true|false");

    private final String file;
    private final RuleDescr rule;
    private final Catalogue catalogue;
    private final List<RuleProblem> problems = new ArrayList<>();

    RuleReader(String file, RuleDescr rule, Catalogue catalogue) {
        this.file = file;
        this.rule = rule;
        this.catalogue = catalogue;
    }

    List<RuleProblem> problems() {
        return problems;
    }

    /** The rule, or nothing where there are problems. */
    Optional<Rule> read() {
        if (rule instanceof QueryDescr) {
            refuse(rule.getLine(), "A query is not allowed.", "Write it as a rule.");
            return Optional.empty();
        }
        checkHead();
        LhsReader lhs = new LhsReader(this);
        Condition condition = lhs.read(rule.getLhs());
        List<Action> actions = actions(lhs);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        RuleInfo info = new RuleInfo(file, rule.getName(), rule.getLine(),
                Integer.parseInt(attribute("salience", "0")), actions.stream().flatMap(a -> a.models().stream()).toList());
        return Optional.of(new Rule(info, attribute("enabled", "true").equals("true"), condition, actions));
    }

    private void checkHead() {
        if (!rule.getAnnotations().isEmpty() || rule.getParentName() != null
                || !rule.getNamedConsequences().isEmpty()) {
            refuse(rule.getLine(), "An annotation (@…), 'extends' or a named consequence is not allowed.", "Remove it.");
        }
        for (AttributeDescr attribute : rule.getAttributes().values()) {
            String allowed = ATTRIBUTES.get(attribute.getName());
            if (allowed == null || !String.valueOf(attribute.getValue()).matches(allowed)) {
                refuse(attribute.getLine(), "The attribute '" + attribute.getName() + "' is not allowed, or not with "
                        + "this value.", "Use salience with a whole number, or leave it out.");
            }
        }
    }

    private String attribute(String name, String byDefault) {
        AttributeDescr attribute = rule.getAttributes().get(name);
        return attribute == null ? byDefault : attribute.getValue();
    }

    private List<Action> actions(LhsReader lhs) {
        int line = rule.getConsequenceLine() > 0 ? rule.getConsequenceLine() : rule.getLine();
        try {
            List<Action> actions = ActionParser.parse(String.valueOf(rule.getConsequence()), lhs.routes());
            actions.stream().flatMap(a -> a.models().stream()).filter(m -> catalogue.find(m).isEmpty())
                    .forEach(model -> refuse(line, "The model \"" + model + "\" is not in the catalogue.",
                            "Known models: " + String.join(", ", catalogue.ids()) + "."));
            actions.stream().filter(a -> a instanceof Action.Among among && catalogue.find(among.reason()).isPresent())
                    .forEach(a -> refuse(line, "The first text of among is its reason, and here stands a model.",
                            "Write $route.among(\"a reason\", \"a model\", …);"));
            return actions;
        } catch (Fault e) {
            refuse(line, e.getMessage(), e.fix());
            return List.of();
        }
    }

    void refuse(int line, String message, String fix) {
        problems.add(new RuleProblem(file, Math.max(0, line), rule.getName(), message, fix));
    }
}
