package conduit.rules.form.table;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the four rows that stand below the title of a table: kinds of columns, objects, snippets and labels. */
final class TableColumns {

    private final Sheet sheet;
    private final int title;
    private final int left;
    private final TableProblems problems;

    /** @param left the column of the title; what stands left of it is a remark */
    TableColumns(Sheet sheet, int title, int left, TableProblems problems) {
        this.sheet = sheet;
        this.title = title;
        this.left = left;
        this.problems = problems;
    }

    /** The columns by their index. */
    Map<Integer, TableColumn> read() {
        Map<Integer, TableColumn> columns = new TreeMap<>();
        Set<ColumnKind> seen = EnumSet.noneOf(ColumnKind.class);
        int row = title + Table.KINDS;
        sheet.row(row).tailMap(left, true).forEach((index, cell) -> {
            ColumnKind kind = ColumnKind.of(cell.text());
            if (kind == null) {
                boolean known = ColumnKind.REFUSED.stream().anyMatch(cell.text()::equalsIgnoreCase);
                problems.cell(row, index, cell.text(), known ? "rules here have no such attribute."
                        : "this is not a heading of a column.", (known ? "Remove the column; write " : "Write ")
                        + ColumnKind.ALLOWED + ".");
            } else if (!seen.add(kind) && !kind.mayRepeat()) {
                problems.cell(row, index, cell.text(), "a table has only one such column.", "Remove one.");
            } else {
                columns.put(index, column(index, kind));
            }
        });
        if (!seen.contains(ColumnKind.ACTION) && problems.none()) {
            problems.row(row, "In row " + (row + 1) + " no column of the table is headed ACTION.",
                    "Below RuleTable stand the headings: " + ColumnKind.ALLOWED + ".");
        }
        checkStrays(columns.keySet());
        return columns;
    }

    private TableColumn column(int index, ColumnKind kind) {
        String object = sheet.text(title + Table.OBJECTS, index);
        String snippet = sheet.text(title + Table.SNIPPETS, index);
        if (!kind.hasSnippet()) {
            if (!object.isEmpty() || !snippet.isEmpty()) {
                int row = title + (object.isEmpty() ? Table.SNIPPETS : Table.OBJECTS);
                problems.cell(row, index, sheet.text(row, index), "a column of the kind " + kind
                        + " needs nothing there.", "Clear the cell.");
            }
            return new TableColumn(index, kind, "", "");
        }
        checkLabel(index, kind);
        return new Snippets(problems, title, index).column(kind, object, snippet);
    }

    /** Where the row of labels was left out, the first rule would be taken for it. */
    private void checkLabel(int index, ColumnKind kind) {
        SheetCell label = sheet.row(title + Table.LABELS).get(index);
        if (label != null && (label.kind() == SheetCell.Kind.NUMBER || kind == ColumnKind.CONDITION
                && CellText.number(label.text(), true) != null)) {
            problems.cell(title + Table.LABELS, index, label.text(),
                    "this row is for labels, and it seems to be a rule.",
                    "Insert a row of labels, such as Department, above it.");
        }
    }

    private void checkStrays(Set<Integer> known) {
        for (int row = title + Table.OBJECTS; row <= title + Table.SNIPPETS; row++) {
            int at = row;
            sheet.row(row).tailMap(left, true).forEach((index, cell) -> {
                if (!known.contains(index) && sheet.text(title + Table.KINDS, index).isEmpty()) {
                    problems.cell(at, index, cell.text(), "its column has no heading.",
                            "Write CONDITION or ACTION into " + Sheet.address(title + Table.KINDS, index) + ", or clear the cell.");
                }
            });
        }
    }
}
