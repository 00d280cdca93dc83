package conduit.faults;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database's tables as rows, read while no Conduit runs. */
final class Books implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("\\[\\[sim:key=([^]]*)]]");

    private final Connection connection;

    /** A row by its columns' names. */
    static final class Row extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1;

        String text(String column) {
            Object value = get(column);
            return value == null ? "" : value.toString();
        }

        BigDecimal money(String column) {
            return get(column) == null ? BigDecimal.ZERO : new BigDecimal(text(column)).setScale(6);
        }
    }

    Books(String url, String user) throws SQLException {
        connection = DriverManager.getConnection(url, user, "");
    }

    List<Row> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            List<Row> list = new ArrayList<>();
            while (rows.next()) {
                Row row = new Row();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), rows.getObject(i));
                }
                list.add(row);
            }
            return list;
        }
    }

    /** The requests by the key in their prompt, else (where it was refused and so not kept) by their id. */
    Map<String, List<Row>> requests() throws SQLException {
        Map<String, List<Row>> byKey = new LinkedHashMap<>();
        for (Row row : rows("select * from requests")) {
            Matcher key = KEY.matcher(row.text("prompt"));
            byKey.computeIfAbsent(key.find() ? key.group(1) : row.text("id"), k -> new ArrayList<>()).add(row);
        }
        return byKey;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
