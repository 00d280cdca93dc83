package conduit.rules.engine;

import conduit.rules.form.RuleProblem;
import conduit.model.Catalogue;
import org.drools.drl.ast.descr.RuleDescr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between {@code then} and {@code end}: calls of Route with texts in quotes, and nothing else. */
final class Consequence {

    private static final String TEXT = "\"(?:[^\"\\\\\\n]|\\\\[\\\\\"nrt])*\"";
    private static final Pattern CALL = Pattern.compile("\\s*(\\$?\\w+)\\s*\\.\\s*(\\w+)\\s*\\(\\s*((?:" + TEXT
            + "\\s*,\\s*)*" + TEXT + ")\\s*\\)\\s*;?");
    private static final Pattern ONE_TEXT = Pattern.compile(TEXT);
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("(" + TEXT + ")|//[^\\n\\r]*|/\\*.*?\\*/",
            Pattern.DOTALL);

    private final String file;
    private final RuleDescr rule;
    private final Set<String> routes;
    private final Catalogue catalogue;

    Consequence(String file, RuleDescr rule, Set<String> routes, Catalogue catalogue) {
        this.file = file;
        this.rule = rule;
        this.routes = routes;
        this.catalogue = catalogue;
    }

    List<RuleProblem> check() {
        List<RuleProblem> problems = new ArrayList<>();
        String rest = withoutComments(rule);
        Matcher call = CALL.matcher(rest);
        int calls = 0;
        while (call.lookingAt()) {
            calls++;
            checkCall(call, problems);
            rest = rest.substring(call.end());
            call = CALL.matcher(rest);
        }
        if (calls == 0 || !rest.isBlank()) {
            problems.add(problem("Between 'then' and 'end' stands \"" + shortened(rest) + "\", which is not a call "
                    + "of Route with texts in quotes.", "Write $route.to(\"a model\", \"a reason\");"));
        }
        return problems;
    }

    private void checkCall(Matcher call, List<RuleProblem> problems) {
        if (!routes.contains(call.group(1))) {
            problems.add(problem(call.group(1) + " is not the Route of this rule.",
                    "Begin the conditions with $route : Route()."));
        }
        List<String> texts = texts(call.group(3));
        String wrong = switch (call.group(2)) {
            case "to" -> texts.size() == 2 ? null : "$route.to(\"a model\", \"a reason\");";
            case "deny" -> texts.size() == 1 ? null : "$route.deny(\"a reason\");";
            case "category" -> texts.size() == 1 ? null : "$route.category(\"a name\");";
            case "among" -> texts.size() >= 2 ? null : "$route.among(\"a reason\", \"a model\", …);";
            default -> "to, among, deny or category, which are all that Route can do";
        };
        if (wrong != null) {
            problems.add(problem("The call of " + call.group(2) + " is not right.", "Write " + wrong));
            return;
        }
        for (String model : models(call.group(2), texts)) {
            if (catalogue.find(model).isEmpty()) {
                problems.add(problem("The model \"" + model + "\" is not in the catalogue.",
                        "Known models: " + String.join(", ", catalogue.ids()) + "."));
            }
        }
    }

    /** The models that a rule names, for the list of rules. */
    static List<String> models(RuleDescr rule) {
        List<String> models = new ArrayList<>();
        Matcher call = CALL.matcher(withoutComments(rule));
        while (call.find()) {
            models.addAll(models(call.group(2), texts(call.group(3))));
        }
        return models;
    }

    private static List<String> models(String method, List<String> texts) {
        return switch (method) {
            case "to" -> texts.subList(0, Math.min(1, texts.size()));
            case "among" -> texts.subList(Math.min(1, texts.size()), texts.size());
            default -> List.of();
        };
    }

    private static String withoutComments(RuleDescr rule) {
        return COMMENT_OR_TEXT.matcher(String.valueOf(rule.getConsequence()))
                .replaceAll(found -> found.group(1) == null ? " " : Matcher.quoteReplacement(found.group(1)));
    }

    private static List<String> texts(String arguments) {
        return ONE_TEXT.matcher(arguments).results()
                .map(found -> found.group().substring(1, found.group().length() - 1)).toList();
    }

    private static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("nothing").strip();
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    private RuleProblem problem(String message, String fix) {
        int line = rule.getConsequenceLine() > 0 ? rule.getConsequenceLine() : rule.getLine();
        return new RuleProblem(file, line, rule.getName(), message, fix);
    }
}
