package conduit.rules.engine;

import conduit.rules.fact.Request;
import conduit.rules.text.RuleProblem;
import org.drools.drl.parser.DroolsError;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in an author's words what the grammar's parser found; its own words name parts of the grammar. */
final class ParserWords {

    private static final Pattern FOUND = Pattern.compile("input '([^']++)'");
    private static final Pattern RULE = Pattern.compile("^\\s*+rule\\s++(?:\"([^\"]*+)\"|'([^']*+)'|(\\w++))");
    private static final Pattern KEYWORD = Pattern.compile("(?i)(?<![\\w.$])(rule|salience|when|then|end|request|route)\\b");
    private static final Set<String> RIGHT = Set.of("rule", "salience", "when", "then", "end", "Request", "Route");
    private static final Pattern UNQUOTED_NAME = Pattern.compile("\\brule\\s++(?!salience|when|enabled)\\w++\\s++"
            + "(?!salience\\b|when\\b|enabled\\b)\\w.*");
    private static final Pattern NO_NAME = Pattern.compile("\\brule\\s*+(:.*|salience\\b.*|when\\b.*|enabled\\b.*)?");
    private static final Pattern NO_SALIENCE = Pattern.compile("\\bsalience\\b(?!\\s*+[-\\d(])");
    private static final Pattern VALUE_BEFORE = Pattern.compile("[\\d)\\]" + DrlText.TEXT_HERE + "]\\s*+$");
    private static final Pattern SINGLE_EQUALS = Pattern.compile("[^=!<>]=[^=<>]");

    private final String file;
    private final List<String> lines;
    private final List<String> code;

    /** @param drl the whole text */
    ParserWords(String file, String drl) {
        this.file = file;
        lines = List.of(drl.split("\r?\n", -1));
        code = List.of(DrlText.code(drl).split("\r?\n", -1));
    }

    /** The same problem with the name of the rule in whose lines it is. */
    RuleProblem named(RuleProblem problem) {
        int begin = problem.line() < 1 || problem.line() > lines.size() ? -1 : begin(problem.line());
        return new RuleProblem(file, problem.line(), begin < 0 ? null : name(begin), problem.message(), problem.fix());
    }

    RuleProblem explain(DroolsError error) {
        int line = Math.min(Math.max(1, error.getLines().length > 0 ? error.getLines()[0] : 1), code.size());
        Matcher input = FOUND.matcher(error.getMessage());
        String found = input.find() && !input.group(1).equals("<eof>") ? input.group(1) : null;
        int begin = begin(line);
        return new RuleProblem(file, line, begin < 0 ? null : name(begin), "The text can't be read as a rule here: "
                + (found == null ? "it ends, or goes on in a way that no rule does" : "\"" + (found.length() > 60
                ? found.substring(0, 60) + "…" : found) + "\" stands where something else was expected") + ".",
                begin < 0 ? outside(code.get(line - 1)) : inside(begin, line, found == null ? "" : found));
    }

    /** The line, from 0, in which the rule begins that holds this one, from 1; -1 if none does. */
    private int begin(int line) {
        for (int at = line - 1; at >= 0; at--) {
            if (RULE.matcher(lines.get(at)).find() && code.get(at).contains("rule")) {
                return at;
            }
            if (at < line - 1 && code.get(at).strip().equals("end")) {
                return -1;
            }
        }
        return -1;
    }

    private String name(int begin) {
        Matcher rule = RULE.matcher(lines.get(begin));
        return !rule.find() ? null : rule.group(1) != null ? rule.group(1) : rule.group(2) != null ? rule.group(2)
                : RIGHT.contains(rule.group(3)) ? null : rule.group(3);
    }

    private static String outside(String line) {
        Matcher word = KEYWORD.matcher(line);
        return NO_NAME.matcher(line.strip()).matches() ? "Write the rule's name in quotes behind rule, such as rule "
                + "\"Long prompts\"." : word.find() && !RIGHT.contains(word.group()) ? small(word.group())
                : "A rule is written: rule \"a name\" when … then … end. Begin a remark to your colleagues with //.";
    }

    private String inside(int begin, int line, String found) {
        String head = code.get(begin).strip();
        if (NO_NAME.matcher(head).matches() || UNQUOTED_NAME.matcher(head).matches()) {
            return "Write the rule's name in quotes behind rule, such as rule \"Long prompts\".";
        }
        if (NO_SALIENCE.matcher(head).find()) {
            return "Write a whole number behind salience, such as salience 20.";
        }
        String last = "";
        int brackets = 0;
        for (String one : code.subList(begin, line)) {
            Matcher word = KEYWORD.matcher(one);
            while (word.find()) {
                if (!RIGHT.contains(word.group())) {
                    return small(word.group());
                }
                last = Character.isUpperCase(word.group().charAt(0)) ? last : word.group();
            }
            if (one.strip().matches("(.*\\s)?(when|then|end)") && brackets > 0) {
                return "Look for a missing ) before it.";
            }
            brackets += one.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum();
        }
        return inSection(begin, last, found, code.get(line - 1));
    }

    private String inSection(int begin, String last, String found, String line) {
        if (isOpen(begin)) {
            return "Look for a missing 'end' before this rule.";
        }
        if (last.equals("rule") || last.equals("salience")) {
            return "Look for a missing 'when' before the conditions.";
        }
        if (last.equals("then") || found.isEmpty()) {
            return "Look for a missing 'end' behind the last call.";
        }
        if (last.equals("end")) {
            return "Look for a missing 'then' before the call of $route.";
        }
        return comparison(found, line);
    }

    /** Whether the rule above this line has no end. */
    private boolean isOpen(int begin) {
        for (int at = begin - 1; at >= 0; at--) {
            if (code.get(at).strip().matches("(.*\\W)?end")) {
                return false;
            }
            if (code.get(at).strip().startsWith("rule")) {
                return true;
            }
        }
        return false;
    }

    private static String comparison(String found, String line) {
        if (line.contains("=>") || line.contains("=<") || line.contains("<>") || line.contains("===")) {
            return "Compare with == != < > <= >=.";
        }
        if (SINGLE_EQUALS.matcher(line).find() || found.equals("is") || found.equals("equals")) {
            return "Write == to compare.";
        }
        if (Set.of("and", "or").contains(found.toLowerCase(Locale.ROOT))) {
            return "Write && or || inside ( … ).";
        }
        if (found.startsWith("$")) {
            return "Look for a missing 'then' before it.";
        }
        int at = line.indexOf(found);
        if (Request.FIELDS.contains(found) && at >= 0 && line.lastIndexOf('(', at) <= line.lastIndexOf(')', at)) {
            return "Write Request( … ) around the comparisons.";
        }
        if (at >= 0 && Request.FIELDS.contains(found) && VALUE_BEFORE.matcher(line.substring(0, at)).find()) {
            return "Write a comma before it: Request( tokenCount > 5000, user == \"ann\" ).";
        }
        if (found.equals("in")) {
            return "Write the list in round brackets: user in ( \"ann\", \"bob\" ).";
        }
        return "Look for a missing comma, quote or bracket, or compare it with $route : Route() "
                + "Request( tokenCount > 5000 ).";
    }

    private static String small(String word) {
        String right = RIGHT.stream().filter(word::equalsIgnoreCase).findFirst().orElse(word);
        return "Write " + right + " in place of " + word + ": capital letters count.";
    }
}
