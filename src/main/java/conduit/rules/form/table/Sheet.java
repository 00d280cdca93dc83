package conduit.rules.form.table;

import java.util.Collections;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The cells of one sheet that are not blank, by row and column, both from 0. A merged cell stands in each of its
 * places.
 *
 * @param pointIsDecimal whether a point in a text of digits can only be the decimal point, so that 50.000 is 50
 */
record Sheet(NavigableMap<Integer, NavigableMap<Integer, SheetCell>> rows, boolean pointIsDecimal) {

    static final int MOST_ROWS = 10_000;
    static final int MOST_COLUMNS = 200;
    static final int LONGEST_CELL = 2_000;

    private static final int LETTERS = 26;
    private static final NavigableMap<Integer, SheetCell> BLANK = Collections.emptyNavigableMap();

    Sheet(boolean pointIsDecimal) {
        this(new TreeMap<>(), pointIsDecimal);
    }

    /**
     * Adds a cell, if it is not blank.
     *
     * @throws UnreadableTable if the sheet or the cell becomes too large
     */
    void put(int row, int column, SheetCell cell) throws UnreadableTable {
        if (cell.text().isEmpty()) {
            return;
        }
        if (row >= MOST_ROWS || column >= MOST_COLUMNS) {
            throw new UnreadableTable(row + 1, "cell " + address(row, column) + " is beyond the " + MOST_ROWS
                    + " rows and " + MOST_COLUMNS + " columns that a table may have", "Split the table into several files.");
        }
        if (cell.text().length() > LONGEST_CELL) {
            throw new UnreadableTable(row + 1, "cell " + address(row, column) + " holds " + cell.text().length()
                    + " characters, and " + LONGEST_CELL + " are allowed", "Shorten its text.");
        }
        rows.computeIfAbsent(row, r -> new TreeMap<>()).put(column, cell);
    }

    NavigableMap<Integer, SheetCell> row(int row) {
        return rows.getOrDefault(row, BLANK);
    }

    /** The text of a cell, empty if it is blank. */
    String text(int row, int column) {
        SheetCell cell = row(row).get(column);
        return cell == null ? "" : cell.text();
    }

    /** Whether this sheet holds a table. */
    boolean hasTable() {
        return rows.values().stream().flatMap(row -> row.values().stream()).anyMatch(cell -> isTable(cell.text()));
    }

    static boolean isTable(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("ruletable");
    }

    /** The name that a spreadsheet gives to a cell, such as B12. */
    static String address(int row, int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / LETTERS - 1) {
            letters.insert(0, (char) ('A' + rest % LETTERS));
        }
        return letters.toString() + (row + 1);
    }
}
