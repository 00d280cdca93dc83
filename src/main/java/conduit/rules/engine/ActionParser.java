package conduit.rules.engine;

import conduit.rules.condition.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands between {@code then} and {@code end}: calls of Route with texts in quotes, and nothing else. */
final class ActionParser {

    private static final int LONGEST = 20_000;
    /** As that of a request. */
    private static final int LONGEST_CATEGORY = 200;
    private static final String TEXT = "\"[^\"\\\\\\n]*+(?:\\\\[\\\\\"nrt][^\"\\\\\\n]*+)*+\"";
    private static final Pattern CALL = Pattern.compile("\\s*+(\\$?\\w++)\\s*+\\.\\s*+(\\w++)\\s*+\\(\\s*+((?:" + TEXT
            + "\\s*+,\\s*+)*+" + TEXT + ")\\s*+\\)\\s*+;?+");
    private static final Pattern ONE_TEXT = Pattern.compile(TEXT);
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("(" + TEXT + ")|//[^\\n\\r]*+|/\\*.*?\\*/",
            Pattern.DOTALL);

    private ActionParser() {
    }

    /**
     * Reads the calls.
     *
     * @param routes the variables that stand for Route in this rule
     * @throws Fault telling what is wrong and the way out
     */
    static List<Action> parse(String consequence, Set<String> routes) throws Fault {
        if (consequence.length() > LONGEST) {
            throw new Fault("Between 'then' and 'end' stand more than " + LONGEST + " characters.", "Write less.");
        }
        String rest = COMMENT_OR_TEXT.matcher(consequence)
                .replaceAll(found -> found.group(1) == null ? " " : Matcher.quoteReplacement(found.group(1)));
        List<Action> actions = new ArrayList<>();
        Matcher call = CALL.matcher(rest);
        while (call.lookingAt()) {
            actions.add(action(call, routes));
            call.region(call.end(), rest.length());
        }
        String left = rest.substring(call.regionStart());
        if (actions.isEmpty() || !left.isBlank()) {
            throw new Fault("Between 'then' and 'end' stands \"" + shortened(left) + "\", which is not a call of "
                    + "Route with texts in quotes.", "Write $route.to(\"a model\", \"a reason\");");
        }
        return actions;
    }

    private static Action action(Matcher call, Set<String> routes) throws Fault {
        if (!routes.contains(call.group(1))) {
            throw new Fault(call.group(1) + " is not the Route of this rule.",
                    "Begin the conditions with $route : Route().");
        }
        List<String> texts = ONE_TEXT.matcher(call.group(3)).results()
                .map(found -> found.group().substring(1, found.group().length() - 1).translateEscapes()).toList();
        String method = call.group(2);
        int count = texts.size();
        if (method.equals("to") && count == 2) {
            return new Action.To(texts.get(0), texts.get(1));
        }
        if (method.equals("deny") && count == 1) {
            return new Action.Deny(texts.get(0));
        }
        if (method.equals("among") && count >= 2) {
            return new Action.Among(texts.get(0), texts.subList(1, count));
        }
        if (method.equals("category") && count == 1) {
            return category(texts.get(0));
        }
        throw new Fault("The call of " + method + " is not right.", "Write " + switch (method) {
            case "to" -> "$route.to(\"a model\", \"a reason\");";
            case "deny" -> "$route.deny(\"a reason\");";
            case "among" -> "$route.among(\"a reason\", \"a model\", …);";
            case "category" -> "$route.category(\"a name\");";
            default -> "to, among, deny or category, which are all that Route can do.";
        });
    }

    private static Action category(String name) throws Fault {
        if (name.isBlank() || name.length() > LONGEST_CATEGORY || name.chars().anyMatch(Character::isISOControl)) {
            throw new Fault("The category \"" + shortened(name) + "\" can't be kept.", "Write 1 to " + LONGEST_CATEGORY
                    + " characters, not blank, without control characters.");
        }
        return new Action.Category(name);
    }

    private static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("nothing").strip();
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
