package conduit.export;

import conduit.json.Json;
import conduit.ledger.UsageTable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A usage row as a line of a file. */
public final class UsageLine {

    private UsageLine() {
    }

    /** The first line of a CSV file. */
    public static String header() {
        return String.join(",", UsageTable.COLUMNS);
    }

    /** A row of JSON Lines. */
    static String json(ResultSet row) throws SQLException {
        return Json.write(values(row));
    }

    private static Map<String, Object> values(ResultSet row) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String column : UsageTable.COLUMNS) {
            Object value = row.getObject(column);
            if (column.equals("created_at")) {
                value = row.getTimestamp(column).toInstant();
            } else if (column.equals("metadata")) {
                value = Json.tree(row.getString(column));
            }
            map.put(column, value);
        }
        return map;
    }

    /** A row of a CSV file. */
    public static String csv(ResultSet row) throws SQLException {
        Map<String, Object> values = values(row);
        return UsageTable.COLUMNS.stream().map(column -> cell(values.get(column))).collect(Collectors.joining(","));
    }

    /** A cell as RFC 4180 has it; one that a spreadsheet would take for a formula gets an apostrophe before it. */
    static String cell(Object value) {
        String text = value == null ? "" : value.toString();
        if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
