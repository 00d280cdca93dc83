package conduit.rules.form.table;

import org.drools.decisiontable.parser.DefaultRuleSheetListener;
import org.drools.template.model.Rule;
import org.drools.template.model.SnippetBuilder;
import org.drools.template.parser.DataListener;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets Drools put the cells of tables into the snippets above them. Its readers of files are left out: the one of CSV
 * reads a line at a time and cuts "..." off, the one of workbooks calculates formulas.
 */
final class TableCompiler {

    private static final String DROOLS_RULE_TABLE = "RuleTable ";
    /** A short cell below a long snippet takes more room in the rules than in the file; in characters. */
    private static final long LARGEST_OUTPUT = 16 << 20;

    private final Sheet sheet;
    private final CellValues values;
    private final TableProblems problems;
    private final DefaultRuleSheetListener drools = new DefaultRuleSheetListener();
    private long output;

    TableCompiler(Sheet sheet, CellValues values, TableProblems problems) {
        this.sheet = sheet;
        this.values = values;
        this.problems = problems;
    }

    /**
     * The rules of the tables, in their order; each tells its row, from 1.
     *
     * @throws UnreadableTable if they become too large
     */
    List<Rule> compile(List<Table> tables, TableSettings settings) throws UnreadableTable {
        drools.startSheet("rules");
        set(-1, TableSettings.RULE_SET, "rules");
        set(-2, DefaultRuleSheetListener.ESCAPE_QUOTES_FLAG, "false");
        set(-3, TableSettings.SEQUENTIAL, String.valueOf(settings.isSequential()));
        set(-4, TableSettings.HIGHEST, settings.number(TableSettings.HIGHEST));
        set(-5, TableSettings.LOWEST, settings.number(TableSettings.LOWEST));
        for (Table table : tables) {
            feed(table);
        }
        drools.finishSheet();
        return new ArrayList<>(drools.getRuleSet().getRules());
    }

    private void set(int row, String name, Object value) {
        if (value != null) {
            cell(row, 0, name);
            cell(row, 1, String.valueOf(value));
        }
    }

    private void feed(Table table) throws UnreadableTable {
        drools.newRow(table.row(), 1);
        cell(table.row(), 0, DROOLS_RULE_TABLE + table.row());
        List<TableColumn> columns = table.columns().stream().filter(column -> !column.snippet().isEmpty()
                || column.kind() == ColumnKind.PRIORITY).toList();
        for (int row = Table.KINDS; row <= Table.SNIPPETS; row++) {
            drools.newRow(table.row() + row, columns.size());
            for (TableColumn column : columns) {
                cell(table.row() + row, column.index(), row == Table.KINDS ? column.kind().name()
                        : row == Table.OBJECTS ? column.object() : column.snippet());
            }
        }
        for (int row : table.rows()) {
            drools.newRow(row, columns.size());
            for (TableColumn column : columns) {
                SheetCell cell = sheet.row(row).get(column.index());
                if (cell != null) {
                    count(row, column.snippet(), cell.text());
                    cell(row, column.index(), value(row, column, cell));
                }
            }
        }
    }

    private void count(int row, String snippet, String cell) throws UnreadableTable {
        long markers = snippet.chars().filter(c -> c == '$').count();
        boolean each = SnippetBuilder.getType(snippet) == SnippetBuilder.SnippetType.FORALL;
        output += (each ? CellText.parts(cell).size() : 1L) * snippet.length() + markers * cell.length();
        if (output > LARGEST_OUTPUT) {
            throw new UnreadableTable(row + 1, "written out as rules, its first " + (row + 1) + " rows take more than "
                    + (LARGEST_OUTPUT >> 20) + " MB", "Shorten the texts above the columns, or split the table.");
        }
    }

    private String value(int row, TableColumn column, SheetCell cell) {
        if (column.kind() == ColumnKind.PRIORITY) {
            return String.valueOf(CellText.wholeNumber(cell.text()));
        }
        return switch (SnippetBuilder.getType(column.snippet())) {
            case FORALL -> values.parts(row, column.index(), cell);
            case INDEXED -> indexed(row, column, cell);
            default -> values.whole(row, column.index(), cell);
        };
    }

    private String indexed(int row, TableColumn column, SheetCell cell) {
        int wanted = Snippets.indexes(column.snippet());
        int found = CellText.parts(cell.text()).size();
        if (wanted == 1) {
            return values.whole(row, column.index(), cell);
        }
        if (wanted != found) {
            problems.cell(row, column.index(), cell.text(), "it has " + found + (found == 1 ? " part" : " parts")
                    + ", and its column has places for " + wanted + ".", "Write a comma between the parts; a part that "
                    + "holds a comma stands in quotes (\"like, this\").");
        }
        return values.parts(row, column.index(), cell);
    }

    private void cell(int row, int column, String text) {
        drools.newCell(row, column, text, DataListener.NON_MERGED);
    }
}
