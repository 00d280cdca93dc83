package conduit.rules.cases;

import conduit.json.Nearest;
import conduit.rules.fact.Request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a column holds, by its name in the table's first row.
 *
 * @param name   the request's field, the note's key or what is expected; the same for all spellings
 * @param header the name as the table's author wrote it
 */
record Column(Kind kind, String name, String header) {

    /** Whether a column describes the request, says what is expected of it, or neither. */
    enum Kind { FIELD, NOTE, EXPECTED, REMARK }

    static final String MODEL = "expected model";
    static final String RULE = "expected rule";
    static final String CATEGORY = "expected category";
    static final String AMONG = "expected among";
    static final String REASON = "expected reason";

    private static final List<String> EXPECTED = List.of(MODEL, RULE, CATEGORY, AMONG, REASON);
    private static final List<String> REMARKS = List.of("comment", "name", "case", "remark", "note");
    private static final Pattern NOTE =
            Pattern.compile("(?i)metadata\\s*(?:\\.\\s*(.+)|\\[\\s*[\"']?(.+?)[\"']?\\s*])", Pattern.DOTALL);
    private static final Map<String, Column> KNOWN = new LinkedHashMap<>();

    static {
        Request.FIELDS.stream().filter(field -> !field.equals("metadata")).forEach(field ->
                know(field, Kind.FIELD, field.equals("message") ? "prompt" : field));
        EXPECTED.forEach(name -> know(name, Kind.EXPECTED, name));
        know("model", Kind.EXPECTED, MODEL);
        know("rule", Kind.EXPECTED, RULE);
        REMARKS.forEach(name -> know(name, Kind.REMARK, name));
    }

    private static void know(String written, Kind kind, String name) {
        KNOWN.put(key(written), new Column(kind, name, written));
    }

    private static String key(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "").replaceFirst("^agent\\.", "agent");
    }

    /** The column of this name, or nothing if there is none. */
    static Optional<Column> of(String header) {
        String written = header.strip();
        Matcher note = NOTE.matcher(written);
        if (note.matches()) {
            return Optional.of(new Column(Kind.NOTE, note.group(1) != null ? note.group(1) : note.group(2), written));
        }
        return Optional.ofNullable(KNOWN.get(key(written))).map(known -> new Column(known.kind, known.name, written));
    }

    /** What to write in place of a name that is none. */
    static String advice(String header) {
        if (key(header).equals("metadata")) {
            return "Write one column for each note, such as metadata.team.";
        }
        String nearest = Nearest.of(key(header), KNOWN.values().stream().map(Column::header).toList());
        return nearest != null ? "Did you mean " + nearest + "?" : "Columns of the request are "
                + String.join(", ", Stream.concat(Request.FIELDS.stream().filter(f -> !f.equals("metadata")),
                Stream.of("metadata.team")).toList()) + "; of the answer " + String.join(", ", EXPECTED)
                + "; for remarks comment.";
    }

    boolean is(Kind one, String wanted) {
        return kind == one && name.equals(wanted);
    }
}
