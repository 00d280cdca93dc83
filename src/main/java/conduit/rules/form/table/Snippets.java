package conduit.rules.form.table;

import conduit.project.Conditions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Brings what an author wrote above a column into the one form that the engine's table compiler is given. */
final class Snippets {

    private static final Pattern OBJECT = Pattern.compile("((not|exists)\\s+)?(\\$\\w+\\s*:\\s*)?Request\\s*(\\(\\s*\\))?");
    /** A whole pattern, as in a table that leaves the row of objects empty. */
    private static final Pattern PATTERN = Pattern.compile("((not|exists)\\b)?[\\s(]*(\\$\\w+\\s*:\\s*)?[A-Z]\\w*\\s*\\(");
    private static final Pattern FORALL = Pattern.compile("forall\\([^{}]*\\)\\{[^{}]+\\}");
    private static final Pattern INDEX = Pattern.compile("\\$([1-9]\\d*)");
    private static final Pattern OPEN_COMPARISON = Pattern.compile("(?s).*(==|!=|<=|>=|<|>|\\b(contains|excludes|matches"
            + "|memberOf|str\\[\\w+\\]))");
    /** Written as equalities: where a cell lists one value only, the engine can look it up. */
    private static final Pattern OPEN_LIST = Pattern.compile("(\\S.*?) (not )?in");
    private static final Pattern FIELD_ONLY = Pattern.compile("\\w+(\\[\\s*\"[^\"]*\"\\s*\\])?");
    private static final Pattern CALL = Pattern.compile("(to|deny|among|category)\\s*\\(.*");
    private static final Pattern VARIABLE = Pattern.compile("(\\$\\w+)\\s*(:\\s*Route\\s*(\\(\\s*\\))?)?");

    private final TableProblems problems;
    private final int title;
    private final int index;

    Snippets(TableProblems problems, int title, int index) {
        this.problems = problems;
        this.title = title;
        this.index = index;
    }

    /** The column with its snippet brought into form; empty where the author left it empty. */
    TableColumn column(ColumnKind kind, String writtenObject, String written) {
        String object = writtenObject.endsWith("...") ? writtenObject.substring(0, writtenObject.length() - 3).strip()
                : writtenObject;
        String snippet = written.replaceAll("\\s+", " ");
        if (snippet.isEmpty()) {
            return new TableColumn(index, kind, "", "");
        }
        check(snippet);
        return kind == ColumnKind.ACTION ? action(object, snippet) : condition(object, snippet);
    }

    private TableColumn action(String object, String snippet) {
        Matcher variable = VARIABLE.matcher(object);
        String on = object.isEmpty() && CALL.matcher(snippet).matches() ? "$route"
                : variable.matches() ? variable.group(1) : object;
        if (!object.isEmpty() && !variable.matches()) {
            problems.cell(title + Table.OBJECTS, index, object,
                    "above an action stands what acts, and only Route does.",
                    "Clear the cell, or write $route.");
        }
        String call = on.isEmpty() ? snippet : on + "." + snippet;
        boolean ends = Constraints.isWhole(call) && call.endsWith(")");
        return new TableColumn(index, ColumnKind.ACTION, "", ends ? call + ";" : call);
    }

    private TableColumn condition(String object, String snippet) {
        boolean whole = PATTERN.matcher(snippet).lookingAt();
        if (object.isEmpty() && whole) {
            return new TableColumn(index, ColumnKind.CONDITION, "", snippet);
        }
        if (!object.isEmpty() && !OBJECT.matcher(object).matches()) {
            problems.cell(title + Table.OBJECTS, index, object, "conditions look at Request.",
                    "Write Request, or clear the cell.");
        } else if (whole) {
            problems.cell(title + Table.SNIPPETS, index, snippet, "the cell above it says " + object + " already.",
                    "Write the comparison only, such as agentType == \"$param\".");
        }
        return new TableColumn(index, ColumnKind.CONDITION, object.isEmpty() ? "Request" : object, completed(snippet));
    }

    /** A snippet without a marker is the left side of a comparison with the cell. */
    private static String completed(String snippet) {
        if (snippet.contains("$param") || INDEX.matcher(snippet).find() || FORALL.matcher(snippet).find()) {
            return snippet;
        }
        String field = snippet.split("[^\\w]", 2)[0];
        String marker = Conditions.NUMBERS.contains(field) ? "$param" : "\"$param\"";
        Matcher list = OPEN_LIST.matcher(snippet);
        if (list.matches()) {
            boolean not = list.group(2) != null;
            return "forall(" + (not ? "&&" : "||") + "){" + list.group(1) + (not ? " != " : " == ")
                    + marker.replace("param", "") + "}";
        }
        return OPEN_COMPARISON.matcher(snippet).matches() ? snippet + " " + marker
                : FIELD_ONLY.matcher(snippet).matches() ? snippet + " == " + marker : snippet;
    }

    private void check(String snippet) {
        String outside = Constraints.withoutTexts(snippet);
        String fault = outside.contains("//") || outside.contains("/*") || outside.contains("#") ? "it holds a remark."
                : outside.indexOf('\u201C') >= 0 || outside.indexOf('\u201D') >= 0 || outside.indexOf('\u201E') >= 0
                ? "its quotes are not straight ones (\")." : isOpen(outside, '"') || isOpen(outside, '\'')
                ? "a quote is not closed."
                : snippet.contains("\\$") ? "a backslash stands before a marker, and would change what the cell says."
                : kindsOfMarkers(snippet) > 1 ? "it mixes markers of several kinds: $param, $1 and forall."
                : indexes(snippet) < 0 ? "its numbered markers leave one out." : null;
        if (fault != null) {
            problems.cell(title + Table.SNIPPETS, index, snippet, fault, "Write it like agentType == \"$param\" or "
                    + "$route.to(\"$1\", \"$2\");");
        } else if (!CellText.isPrintable(snippet)) {
            problems.cell(title + Table.SNIPPETS, index, snippet, "it holds a character that can't be shown.",
                    "Type it anew.");
        }
    }

    private static boolean isOpen(String outside, char quote) {
        return outside.chars().filter(c -> c == quote).count() % 2 != 0;
    }

    private static int kindsOfMarkers(String snippet) {
        String rest = FORALL.matcher(snippet).replaceAll("");
        return (rest.equals(snippet) ? 0 : 1) + (rest.contains("$param") ? 1 : 0)
                + (INDEX.matcher(rest).find() ? 1 : 0);
    }

    /** How many numbered markers a snippet has; -1 if one of them is left out. */
    static int indexes(String snippet) {
        int[] found = FORALL.matcher(snippet).find() ? new int[0]
                : INDEX.matcher(snippet).results().mapToInt(m -> Math.min(Sheet.MOST_COLUMNS, Integer.parseInt(
                        m.group(1).substring(0, Math.min(4, m.group(1).length()))))).distinct().sorted().toArray();
        return IntStream.range(0, found.length).allMatch(i -> found[i] == i + 1) ? found.length : -1;
    }
}
