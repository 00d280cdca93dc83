package conduit.rules.form.table;

import java.util.List;
import java.util.Optional;

/**
 * A table as it lies in its sheet.
 *
 * @param title  what stands behind "RuleTable"; may be empty
 * @param row    the row of its title, from 0
 * @param rows   the rows with rules, from 0
 */
record Table(String title, int row, List<TableColumn> columns, List<Integer> rows) {

    /** Rows below the title: kinds, objects, snippets, labels, then the rules. */
    static final int KINDS = 1;
    static final int OBJECTS = 2;
    static final int SNIPPETS = 3;
    static final int LABELS = 4;
    static final int RULES = 5;

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    Optional<TableColumn> column(ColumnKind kind) {
        return columns.stream().filter(column -> column.kind() == kind).findFirst();
    }

    /** The name of the rule in a row, if its author gives none. */
    String nameOf(int row) {
        return (title.isEmpty() ? "Table" : title) + ", row " + (row + 1);
    }
}
