package conduit.rules.form.table;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the CSV text that a spreadsheet writes, whichever separator its country has. */
final class CsvSheet {

    private static final String SEPARATORS = ",;\t";
    /** The first line that some spreadsheets write to name the separator. */
    private static final Pattern NAMED = Pattern.compile("(?i)sep=(.)\\s*(\r?\n|$)");
    private static final Pattern START = Pattern.compile("startline (\\d+)");

    private CsvSheet() {
    }

    /** @throws UnreadableTable if the text is no CSV, or too large */
    static Sheet read(String text) throws UnreadableTable {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (plain.startsWith("PK\u0003")) {
            throw new UnreadableTable(0, "this is a workbook", "Name it NAME.drl.xlsx, or save it as CSV (UTF-8).");
        }
        if (plain.indexOf('\0') >= 0 || plain.indexOf('\uFFFD') >= 0) {
            throw new UnreadableTable(0, "its text is not in UTF-8", "Save it as \"CSV UTF-8\".");
        }
        Matcher named = NAMED.matcher(plain);
        if (named.lookingAt()) {
            return read("\n" + plain.substring(named.end()), named.group(1).charAt(0));
        }
        Sheet best = null;
        int most = -1;
        UnreadableTable fault = null;
        for (char separator : SEPARATORS.toCharArray()) {
            try {
                Sheet sheet = read(plain, separator);
                int headings = headings(sheet);
                if (headings > most) {
                    most = headings;
                    best = sheet;
                }
            } catch (UnreadableTable e) {
                fault = fault == null ? e : fault;
            }
        }
        if (best == null || most == 0 && fault != null) {
            throw fault;
        }
        return best;
    }

    private static Sheet read(String text, char separator) throws UnreadableTable {
        Sheet sheet = new Sheet(separator == ',');
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(false).get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            int row = 0;
            for (CSVRecord cells : records) {
                for (int column = 0; column < cells.size(); column++) {
                    sheet.put(row, column, SheetCell.text(cells.get(column)));
                }
                row++;
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            Matcher start = START.matcher(String.valueOf(e.getMessage()));
            int line = start.find() ? Integer.parseInt(start.group(1)) : 0;
            throw new UnreadableTable(line, "a cell in quotes does not end, or goes on behind its closing quote",
                    "Write a quote inside of such a cell twice (\"\"), or let your spreadsheet save the file.");
        }
        return sheet;
    }

    /** How many headings of columns stand below the titles of tables. */
    private static int headings(Sheet sheet) {
        int count = 0;
        for (Map.Entry<Integer, ?> row : sheet.rows().entrySet()) {
            if (sheet.row(row.getKey()).values().stream().anyMatch(cell -> Sheet.isTable(cell.text()))) {
                count += (int) sheet.row(row.getKey() + 1).values().stream()
                        .filter(cell -> ColumnKind.of(cell.text()) != null).count();
            }
        }
        return count;
    }
}
