package conduit.rules.form.table;

import conduit.rules.text.Quoted;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of cells, each known by a placeholder that nobody can type. The table compiler only ever sees the
 * placeholders: it would put a cell into a snippet as it is, so that a quote in a cell ended the text around it. The
 * values go in at the end, where it is plain what stands around them.
 */
final class CellValues {

    private static final char BEGIN = '\uE000';
    private static final char END = '\uE001';

    /** @param isPart whether it is one of several values in its cell, where quotes hold a comma together */
    private record Value(int row, int column, String cell, String text, SheetCell.Kind kind, boolean isPart) {
    }

    private final boolean pointIsDecimal;
    private final TableProblems problems;
    private final List<Value> values = new ArrayList<>();

    CellValues(boolean pointIsDecimal, TableProblems problems) {
        this.pointIsDecimal = pointIsDecimal;
        this.problems = problems;
    }

    /** The placeholder of a whole cell. */
    String whole(int row, int column, SheetCell cell) {
        return add(new Value(row, column, cell.text(), cell.text(), cell.kind(), false));
    }

    /** The placeholders of the parts of a cell, with commas between. */
    String parts(int row, int column, SheetCell cell) {
        return String.join(",", CellText.parts(cell.text()).stream()
                .map(part -> add(new Value(row, column, cell.text(), part, cell.kind(), true))).toList());
    }

    private String add(Value value) {
        values.add(value);
        return "" + BEGIN + (values.size() - 1) + END;
    }

    /**
     * A snippet with the values in their places: escaped inside of quotes, and only numbers and texts elsewhere. Single
     * quotes become double ones, as the engine's parser would swap them and leave a double one in the text as it is.
     */
    String fill(String snippet) {
        StringBuilder filled = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < snippet.length(); i++) {
            char c = snippet.charAt(i);
            if (c == BEGIN) {
                int end = snippet.indexOf(END, i);
                Value value = values.get(Integer.parseInt(snippet.substring(i + 1, end)));
                filled.append(quote != 0 ? quoted(value) : bare(value, filled));
                i = end;
            } else if (quote == 0) {
                quote = c == '"' || c == '\'' ? c : 0;
                filled.append(quote != 0 ? '"' : c);
            } else if (c == quote) {
                quote = 0;
                filled.append('"');
            } else if (c == '\\' && i + 1 < snippet.length()) {
                char next = snippet.charAt(++i);
                filled.append(next == '\'' ? "'" : "\\" + next);
            } else {
                filled.append(c == '"' ? "\\\"" : c);
            }
        }
        return filled.toString();
    }

    private String quoted(Value value) {
        String text = value.isPart() && CellText.isQuoted(value.text())
                ? value.text().substring(1, value.text().length() - 1) : value.text();
        if (text.isEmpty()) {
            problems.cell(value.row(), value.column(), value.cell(), "nothing stands between two commas.",
                    "Remove a comma, or put a text that holds commas into quotes.");
        }
        return Quoted.escaped(text);
    }

    private String bare(Value value, CharSequence before) {
        String text = value.text();
        boolean exact = pointIsDecimal || value.kind() == SheetCell.Kind.NUMBER;
        String operator = operator(text);
        String one = literal(text.substring(operator.length()).strip(), exact);
        if (one != null) {
            return (operator + " " + one).strip();
        }
        boolean inBrackets = before.toString().stripTrailing().endsWith("(");
        List<String> list = CellText.parts(text).stream().map(part -> literal(part, true)).toList();
        if (inBrackets && operator.isEmpty() && !list.contains(null)) {
            return String.join(", ", list);
        }
        problems.cell(value.row(), value.column(), value.cell(), "it is neither a number nor a text in quotes.",
                "Write a number such as 50000 or 0.5, or write \"$param\" with its quotes above the column.");
        return "0";
    }

    private static String operator(String text) {
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (text.startsWith(operator)) {
                return operator;
            }
        }
        return "";
    }

    private static String literal(String text, boolean pointIsDecimal) {
        return CellText.isQuoted(text) ? '"' + Quoted.escaped(text.substring(1, text.length() - 1)) + '"'
                : CellText.number(text, pointIsDecimal);
    }
}
