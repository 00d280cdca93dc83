package conduit.rules.form.table;

import conduit.rules.text.Expansion;
import conduit.rules.text.RuleSource;
import org.drools.template.model.Rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a decision table, a CSV file or a workbook, out as DRL: one rule a row. */
public final class Tables {

    static final String CSV = ".csv";
    static final String WORKBOOK = ".xlsx";
    /** What a file may have at most, in bytes. */
    static final int LARGEST = 4 << 20;

    private Tables() {
    }

    /** The DRL of a table, or what is wrong with it; a bad file never throws. */
    public static Expansion expand(RuleSource source) {
        TableProblems problems = new TableProblems(source.file());
        try {
            if (source.text().length() > LARGEST) {
                throw new UnreadableTable(0, "the file is larger than 4 MB", "Split it into several files.");
            }
            Sheet sheet = source.file().endsWith(WORKBOOK) ? Workbooks.read(source.bytes())
                    : CsvSheet.read(source.text());
            return write(sheet, problems);
        } catch (UnreadableTable e) {
            return Expansion.failed(List.of(e.problem(source.file())));
        } catch (RuntimeException | StackOverflowError e) {
            return Expansion.failed(List.of(new UnreadableTable(0, "the table compiler fails on it ("
                    + TableProblems.shortened(String.valueOf(e.getMessage())) + ")",
                    "Compare it with the example in rules/README.md.").problem(source.file())));
        }
    }

    private static Expansion write(Sheet sheet, TableProblems problems) throws UnreadableTable {
        TableSettings settings = new TableSettings(problems);
        List<Table> tables = TableReader.read(sheet, settings, problems);
        if (tables.isEmpty() && problems.none()) {
            throw new UnreadableTable(0, "no cell begins with RuleTable",
                    "Write RuleTable and a title into a cell above "
                            + "the headings CONDITION and ACTION; rules/README.md has an example.");
        }
        if (!problems.none()) {
            return Expansion.failed(problems.list());
        }
        CellValues values = new CellValues(sheet.pointIsDecimal(), problems);
        TableDrl drl = new TableDrl(sheet, values, problems);
        Map<Integer, Table> byRow = new HashMap<>();
        tables.forEach(table -> table.rows().forEach(row -> byRow.put(row + 1, table)));
        for (Rule rule : new TableCompiler(sheet, values, problems).compile(tables, settings)) {
            drl.write(byRow.get(rule.getSpreadsheetRowNumber()), rule, settings.number(TableSettings.PRIORITY));
        }
        return problems.none() ? drl.expansion() : Expansion.failed(problems.list());
    }
}
