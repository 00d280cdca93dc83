package conduit.rules.cases;

import conduit.rules.text.RuleProblem;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a CSV text, without blank ones and remarks; the first one holds the columns' names.
 *
 * @param separator what stands between two cells
 */
record Grid(List<Row> rows, char separator, List<RuleProblem> problems) {

    static final int MOST_ROWS = 10_000;
    private static final char REMARK = '#';

    /**
     * One row.
     *
     * @param line  the line in which it begins, from 1
     * @param cells blank ones at the end are left out
     */
    record Row(int line, List<String> cells) {
    }

    static Grid read(String file, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String[] lines = content.split("\r\n|\r|\n", -1);
        int first = next(lines, 0);
        char separator = first < lines.length ? separator(lines[first]) : ',';
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).setCommentMarker(REMARK)
                .setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();
        List<Row> rows = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        int line = 0;
        try (CSVParser parser = CSVParser.parse(content, format)) {
            Iterator<CSVRecord> records = parser.iterator();
            do {
                line = next(lines, (int) parser.getCurrentLineNumber()) + 1;
            } while (records.hasNext() && add(rows, line, records.next()));
        } catch (IOException | UncheckedIOException e) {
            problems.add(new RuleProblem(file, line, null,
                    "A cell that begins with a quotation mark in this row does not end as it should.",
                    "End it with one right before the next " + name(separator) + " or the end of the line; inside of "
                            + "such a cell write a quotation mark twice: \"\"."));
        }
        if (rows.size() > MOST_ROWS + 1) {
            problems.add(new RuleProblem(file, line, null, "The table has more than " + MOST_ROWS + " rows.",
                    "Keep those that tell most."));
        }
        return new Grid(rows, separator, problems);
    }

    /** Takes a row in unless it is blank; false if there are too many. */
    private static boolean add(List<Row> rows, int line, CSVRecord found) {
        List<String> cells = new ArrayList<>(found.toList());
        while (!cells.isEmpty() && cells.get(cells.size() - 1).isBlank()) {
            cells.remove(cells.size() - 1);
        }
        // A spreadsheet puts quotes around a remark with a comma in it, so that it looks like a cell.
        boolean remark = cells.size() == 1 && cells.get(0).charAt(0) == REMARK && found.size() > 1;
        if (!cells.isEmpty() && !remark) {
            rows.add(new Row(line, cells));
        }
        return rows.size() <= MOST_ROWS + 1;
    }

    /** The index of the next line that is neither empty nor a remark. */
    private static int next(String[] lines, int from) {
        int next = from;
        while (next < lines.length && (lines[next].isEmpty() || lines[next].charAt(0) == REMARK)) {
            next++;
        }
        return next;
    }

    private static char separator(String header) {
        String outside = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            best = count(outside, candidate) > count(outside, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** A separator as it is told to people. */
    static String name(char separator) {
        return separator == ',' ? "comma" : separator == ';' ? "semicolon" : "tab";
    }
}
