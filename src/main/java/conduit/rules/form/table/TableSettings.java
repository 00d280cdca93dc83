package conduit.rules.form.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rows above the tables that say something of all of them, such as "Sequential | true". */
final class TableSettings {

    static final String RULE_SET = "ruleset";
    static final String SEQUENTIAL = "sequential";
    static final String HIGHEST = "sequentialmaxpriority";
    static final String LOWEST = "sequentialminpriority";
    static final String PRIORITY = "priority";
    /** Rows that bring Java or other files in, or that change what a number or a quote in a cell means. */
    private static final Set<String> REFUSED = Set.of("import", "imports", "functions", "function", "variables",
            "variable", "queries", "query", "declare", "unit", "dialect", "escapequotes", "numericdisabled",
            "ignorenumericformat");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_. -]*");
    private static final Set<String> KNOWN = Set.of(RULE_SET, SEQUENTIAL, HIGHEST, LOWEST, PRIORITY);

    private final TableProblems problems;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> titles = new HashSet<>();
    private int sequentialRow = -1;

    TableSettings(TableProblems problems) {
        this.problems = problems;
    }

    /**
     * Takes a row that belongs to no table.
     *
     * @return whether it is a setting; everything else is a remark
     */
    boolean take(Sheet sheet, int row, boolean belowTable) {
        int at = sheet.row(row).firstKey();
        String key = sheet.text(row, at);
        String name = key.toLowerCase(Locale.ROOT).equals("salience") ? PRIORITY : key.toLowerCase(Locale.ROOT);
        boolean attribute = ColumnKind.REFUSED.stream().anyMatch(k -> k.length() > 1 && k.equalsIgnoreCase(key));
        if (REFUSED.contains(name) || attribute || name.equals("enabled")) {
            problems.cell(row, at, key, "this is not allowed in a table of rules.", "Remove the row.");
            return true;
        }
        if (!KNOWN.contains(name)) {
            return false;
        }
        Integer next = sheet.row(row).higherKey(at);
        String value = next == null ? "" : sheet.text(row, next);
        if (belowTable || values.putIfAbsent(name, value) != null) {
            problems.cell(row, at, key, belowTable ? "it stands below a table, where it has no effect."
                    : "it stands there twice.", "Write it once, above the first table.");
        } else if (!fits(name, value)) {
            problems.cell(row, next == null ? at + 1 : next, value, "it does not fit " + key + ".",
                    name.equals(RULE_SET) ? "Write a name of letters and digits, or remove the row."
                            : name.equals(SEQUENTIAL) ? "Write true or false." : "Write a whole number.");
        } else if (name.equals(SEQUENTIAL)) {
            sequentialRow = row;
        }
        return true;
    }

    private static boolean fits(String name, String value) {
        return switch (name) {
            case RULE_SET -> NAME.matcher(value).matches();
            case SEQUENTIAL -> CellText.truth(value) != null;
            default -> CellText.wholeNumber(value) != null;
        };
    }

    /** Whether each row is to have a lower priority than the one above it. */
    boolean isSequential() {
        return sequentialRow >= 0 && CellText.truth(values.get(SEQUENTIAL));
    }

    /** The value of a setting as a whole number, or null if it is not set. */
    Integer number(String name) {
        return values.containsKey(name) ? CellText.wholeNumber(values.get(name)) : null;
    }

    /** Checks what can't go together with the tables. */
    void checkWith(Table table, Sheet sheet) {
        table.column(ColumnKind.PRIORITY).ifPresent(column -> {
            if (isSequential()) {
                int row = table.row() + Table.KINDS;
                problems.cell(row, column.index(), sheet.text(row, column.index()),
                        "row " + (sequentialRow + 1) + " says that the order of the rows is the priority.",
                        "Remove this column, or the row with Sequential.");
            }
        });
        if (!table.title().isEmpty() && !titles.add(table.title())) {
            problems.row(table.row(), "Two tables have the title \"" + table.title() + "\".",
                    "Give one another title.");
        }
    }
}
