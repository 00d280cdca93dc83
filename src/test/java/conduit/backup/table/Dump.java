package conduit.backup.table;

import conduit.backup.file.Sheet;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that is in a database, as text that is the same on both. */
public final class Dump {

    private Dump() {
    }

    /** The rows of each table that backups hold, in the order of their texts. */
    public static Map<String, List<String>> of(DataSource database) {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            Schema schema = new Schema(connection);
            for (String table : schema.tables()) {
                if (!Content.LEFT_OUT.containsKey(table)) {
                    Sheet sheet = schema.sheet(table);
                    List<String> rows = new ArrayList<>();
                    try (ResultSet row = connection.createStatement().executeQuery("select " + String.join(", ", sheet.names())
                            + " from " + table)) {
                        while (row.next()) {
                            rows.add(sheet.names() + " " + Values.read(row, sheet));
                        }
                    }
                    rows.sort(null);
                    tables.put(table, rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }
}
