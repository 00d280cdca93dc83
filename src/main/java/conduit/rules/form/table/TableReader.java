package conduit.rules.form.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Finds the tables in a sheet, and tells of every cell that would be dropped or misread. */
final class TableReader {

    private final Sheet sheet;
    private final TableProblems problems;
    private final TableSettings settings;
    private final List<Table> tables = new ArrayList<>();

    private int title = -1;
    private int left;
    private boolean ended = true;
    private Map<Integer, TableColumn> columns = Map.of();
    private List<Integer> rules = List.of();

    private TableReader(Sheet sheet, TableSettings settings, TableProblems problems) {
        this.sheet = sheet;
        this.settings = settings;
        this.problems = problems;
    }

    static List<Table> read(Sheet sheet, TableSettings settings, TableProblems problems) {
        TableReader reader = new TableReader(sheet, settings, problems);
        for (int row : sheet.rows().keySet()) {
            reader.take(row);
        }
        reader.end();
        return reader.tables;
    }

    private void take(int row) {
        NavigableMap<Integer, SheetCell> cells = sheet.row(row);
        List<Integer> starts = cells.entrySet().stream().filter(c -> Sheet.isTable(c.getValue().text()))
                .map(Map.Entry::getKey).toList();
        if (!starts.isEmpty()) {
            end();
            start(row, starts);
            return;
        }
        if (title >= 0 && row < title + Table.RULES) {
            return;
        }
        boolean blank = cells.lastKey() < left;
        int expected = rules.isEmpty() ? title + Table.RULES : rules.get(rules.size() - 1) + 1;
        if (title < 0 || ended || row != expected || blank) {
            ended |= title >= 0 && row != expected;
            outside(row, cells);
        } else {
            rules.add(row);
            checkRule(row, cells.tailMap(left, true));
        }
    }

    private void start(int row, List<Integer> starts) {
        title = row;
        left = starts.get(0);
        ended = false;
        rules = new ArrayList<>();
        columns = new TableColumns(sheet, row, left, problems).read();
        if (starts.size() > 1) {
            problems.cell(row, starts.get(1), sheet.text(row, starts.get(1)), "it stands beside another table.",
                    "Put it below that table, with an empty row between.");
        }
    }

    private void checkRule(int row, NavigableMap<Integer, SheetCell> cells) {
        boolean acts = false;
        for (Map.Entry<Integer, SheetCell> cell : cells.entrySet()) {
            TableColumn column = columns.get(cell.getKey());
            SheetCell value = cell.getValue();
            if (column == null) {
                problems.cell(row, cell.getKey(), value.text(), "its column has no heading.",
                        "Write " + ColumnKind.ALLOWED + " into " + Sheet.address(title + Table.KINDS, cell.getKey()) + ", or move the text away.");
            } else if (column.kind() != ColumnKind.DESCRIPTION) {
                acts |= column.kind() == ColumnKind.ACTION;
                checkValue(row, column, value);
            }
        }
        if (!acts) {
            problems.row(row, "This row does nothing, as none of its ACTION cells is filled in.",
                    "Fill one in, or remove the row.");
        }
    }

    private void checkValue(int row, TableColumn column, SheetCell value) {
        if (!value.kind().fault().isEmpty()) {
            problems.cell(row, column.index(), value.text(), "it " + value.kind().fault(), value.kind().fix());
        } else if (!CellText.isPrintable(value.text())) {
            problems.cell(row, column.index(), value.text(), "it holds a character that can't be shown.",
                    "Type it anew.");
        } else if (column.kind() == ColumnKind.PRIORITY && CellText.wholeNumber(value.text()) == null) {
            problems.cell(row, column.index(), value.text(), "a priority is a whole number.",
                    "Write a number such as 20.");
        } else if (column.kind() == ColumnKind.ENABLED && CellText.truth(value.text()) == null) {
            problems.cell(row, column.index(), value.text(), "a rule is enabled or it is not.", "Write true or false.");
        } else if (column.kind().hasSnippet() && column.snippet().isEmpty()) {
            problems.cell(title + Table.SNIPPETS, column.index(), "", "nothing says what the cells below mean.",
                    "Write a comparison such as agentType == \"$param\", or an action.");
        }
    }

    private void outside(int row, NavigableMap<Integer, SheetCell> cells) {
        if (settings.take(sheet, row, title >= 0)) {
            return;
        }
        Set<Integer> filled = new TreeMap<>(cells).keySet();
        boolean lost = columns.values().stream().anyMatch(c -> c.kind() == ColumnKind.ACTION
                && filled.contains(c.index()));
        if (title >= 0 && lost) {
            problems.row(row, "This row stands below an empty row, at which its table ends.", "Remove the empty row.");
        }
    }

    private void end() {
        if (title < 0) {
            return;
        }
        if (rules.isEmpty()) {
            problems.row(title, "The table has no rules: they begin in row " + (title + Table.RULES + 1) + ".",
                    "Fill that row in; above it stand headings, Request, comparisons and labels.");
        }
        String name = sheet.text(title, left).substring("RuleTable".length()).strip();
        Table table = new Table(name, title, new ArrayList<>(columns.values()), rules);
        settings.checkWith(table, sheet);
        tables.add(table);
    }
}
