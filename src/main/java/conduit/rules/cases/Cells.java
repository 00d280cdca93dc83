package conduit.rules.cases;

import conduit.request.Ids;
import conduit.rules.cases.Column.Kind;
import conduit.rules.text.RuleProblem;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The cells of one row by their columns; what can't be understood is collected as problems. */
final class Cells {

    private static final int LONGEST = 60;

    private final String file;
    private final int line;
    private final Map<Column, String> cells = new LinkedHashMap<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    /** @param columns as many as the row's cells, or more */
    Cells(String file, Grid.Row row, List<Column> columns) {
        this.file = file;
        this.line = row.line();
        for (int i = 0; i < row.cells().size(); i++) {
            if (!row.cells().get(i).isBlank()) {
                cells.put(columns.get(i), row.cells().get(i));
            }
        }
    }

    /** A text exactly as it stands there, or null if the cell is blank. */
    String text(String field) {
        return text(Kind.FIELD, field);
    }

    private String text(Kind kind, String name) {
        return cells.entrySet().stream().filter(cell -> cell.getKey().is(kind, name)).map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }

    /** A label without spaces around it, or null if the cell is blank. */
    String label(String field) {
        String text = text(field);
        return text == null ? null : text.strip();
    }

    /** What is expected, or null if the cell is blank. */
    String expected(String name) {
        String text = text(Kind.EXPECTED, name);
        return text == null ? null : text.strip();
    }

    /** The remarks, or null. */
    String remark() {
        List<String> remarks = cells.entrySet().stream().filter(cell -> cell.getKey().kind() == Kind.REMARK)
                .map(cell -> cell.getValue().strip()).toList();
        return remarks.isEmpty() ? null : String.join("; ", remarks);
    }

    /** The sender's notes. */
    Map<String, Object> notes() {
        Map<String, Object> notes = new LinkedHashMap<>();
        cells.forEach((column, text) -> {
            if (column.kind() == Kind.NOTE) {
                notes.put(column.name(), text.strip());
            }
        });
        return notes;
    }

    /** An id, or what stands for a blank cell. */
    String id(String field, String blank) {
        String text = label(field);
        if (text != null && !Ids.isId(text)) {
            refuse(field, text, "can't be one", "Write 1 to 100 letters, digits, '.', '_', ':' or '-', beginning with "
                    + "a letter or digit.");
        }
        return text == null ? blank : text;
    }

    /** A whole number, or what stands for a blank cell. */
    int whole(String field, int highest, int blank) {
        String text = label(field);
        if (text == null) {
            return blank;
        }
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > highest) {
            refuse(field, text, "is no whole number from 0 to " + highest, "Write digits only, such as "
                    + Math.min(highest, 50_000) + ".");
            return blank;
        }
        return Integer.parseInt(text);
    }

    /** US dollars; 0 for a blank cell. */
    BigDecimal dollars(String field) {
        String text = label(field);
        if (text == null) {
            return BigDecimal.ZERO;
        }
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            refuse(field, text, "is no number of dollars, 0 or more", "Write digits, with a point before the cents, "
                    + "such as 20 or 1.50.");
            return BigDecimal.ZERO;
        }
        return new BigDecimal(text);
    }

    /** One of the names of an enumeration, upper and lower case alike, or what stands for a blank cell. */
    <E extends Enum<E>> E one(String field, E[] allowed, E blank) {
        String text = label(field);
        if (text == null) {
            return blank;
        }
        for (E value : allowed) {
            if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        refuse(field, text, "is not known here", "Write one of " + String.join(", ",
                Stream.of(allowed).map(Enum::name).map(n -> field.equals("inlet") ? n.toLowerCase(Locale.ROOT) : n)
                        .toList()) + ".");
        return blank;
    }

    /** The members of a list; between them stand signs such as {@code ;} or, where there are none, spaces. */
    static List<String> list(String text) {
        String between = text != null && text.matches("(?s).*[;|,\\n].*") ? "[;|,\\n]" : "\\s";
        return text == null ? List.of() : Stream.of(text.split(between)).map(String::strip)
                .filter(member -> !member.isEmpty()).toList();
    }

    private void refuse(String field, String value, String why, String fix) {
        String header = cells.keySet().stream().filter(c -> c.is(Kind.FIELD, field)).findFirst().orElseThrow().header();
        problems.add(new RuleProblem(file, line, null, header + " is \"" + shown(value) + "\", which " + why + ".", fix));
    }

    /** A text that a message can bear: cut where it is long, on one line. */
    static String shown(String text) {
        String flat = text.strip().replaceAll("\\s+", " ");
        return flat.codePointCount(0, flat.length()) > LONGEST
                ? flat.substring(0, flat.offsetByCodePoints(0, LONGEST)) + "…" : flat;
    }

    int line() {
        return line;
    }

    List<RuleProblem> problems() {
        return problems;
    }
}
