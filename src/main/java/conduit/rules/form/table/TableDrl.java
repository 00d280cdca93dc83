package conduit.rules.form.table;

import conduit.rules.text.Expansion;
import conduit.rules.text.Quoted;
import org.drools.template.model.Condition;
import org.drools.template.model.Consequence;
import org.drools.template.model.Rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes compiled rows as DRL, and notes from which row each line comes. */
final class TableDrl {

    private static final Pattern BINDS_ROUTE = Pattern.compile("\\$route\\s*:\\s*Route\\b");

    private final Sheet sheet;
    private final CellValues values;
    private final TableProblems problems;
    private final StringBuilder drl = new StringBuilder();
    private final List<Integer> lines = new ArrayList<>();

    TableDrl(Sheet sheet, CellValues values, TableProblems problems) {
        this.sheet = sheet;
        this.values = values;
        this.problems = problems;
    }

    /** Writes one row. @param priority that of rows without one of their own, or null */
    void write(Table table, Rule rule, Integer priority) {
        int row = rule.getSpreadsheetRowNumber() - 1;
        String name = text(table, row, ColumnKind.NAME);
        String salience = rule.getSalience() != null || priority == null ? rule.getSalience() : priority.toString();
        String enabled = text(table, row, ColumnKind.ENABLED);
        line(row, "rule \"" + Quoted.escaped(name.isEmpty() ? table.nameOf(row) : name) + "\""
                + (salience == null ? "" : "  salience " + salience)
                + (enabled.isEmpty() || CellText.truth(enabled) ? "" : "  enabled false"));
        line(row, "when  " + values.fill(conditions(rule)));
        line(row, "then  " + values.fill(actions(row, rule)));
        line(row, "end");
        line(0, "");
    }

    private String text(Table table, int row, ColumnKind kind) {
        return table.column(kind).map(column -> sheet.text(row, column.index())).orElse("");
    }

    /** One Request pattern for each variable, with all that is asked of it; other patterns as they are. */
    private static String conditions(Rule rule) {
        Map<String, List<String>> requests = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Condition condition : rule.getConditions()) {
            Constraints.Inside inside = Constraints.inside(condition.getSnippet());
            if (inside == null) {
                others.add(condition.getSnippet());
            } else {
                requests.computeIfAbsent(inside.variable() == null ? "" : inside.variable(), v -> new ArrayList<>())
                        .addAll(inside.constraints());
            }
        }
        if (requests.isEmpty() && others.isEmpty()) {
            requests.put("", List.of());
        }
        String patterns = requests.entrySet().stream().map(request -> pattern(request.getKey(), request.getValue()))
                .collect(Collectors.joining("  "));
        others.add(0, patterns);
        String all = String.join("  ", others).strip();
        return (BINDS_ROUTE.matcher(Constraints.withoutTexts(all)).find() ? "" : "$route : Route()  ") + all;
    }

    private static String pattern(String variable, List<String> constraints) {
        return (variable.isEmpty() ? "" : variable + " : ") + (constraints.isEmpty() ? "Request()"
                : "Request( " + String.join(", ", Constraints.ordered(constraints)) + " )");
    }

    private String actions(int row, Rule rule) {
        String all = rule.getConsequences().stream().map(Consequence::getSnippet).collect(Collectors.joining(" "));
        if (!Constraints.isWhole(all)) {
            problems.row(row, "The ACTION cells of this row do not make a whole call.", "Fill in all that belong "
                    + "together, such as the model and its reason, or none of them.");
        }
        return all.endsWith(")") ? all + ";" : all;
    }

    private void line(int row, String text) {
        drl.append(text).append('\n');
        lines.add(text.isEmpty() ? 0 : row + 1);
    }

    Expansion expansion() {
        return new Expansion(drl.toString(), lines, List.of());
    }
}
