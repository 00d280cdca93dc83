package conduit.backup.table;

import conduit.backup.file.Kind;
import conduit.backup.file.Sheet;
import conduit.backup.file.Sheet.Column;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables as the database has them. */
record Schema(Connection connection) {

    boolean isH2() throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    /** The columns of a table that can be written, in their order; those that the database computes are left out. */
    Sheet sheet(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet row = connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(),
                table.replace("_", connection.getMetaData().getSearchStringEscape() + "_"), null)) {
            while (row.next()) {
                if (!"YES".equals(row.getString("IS_GENERATEDCOLUMN"))) {
                    columns.add(new Column(row.getString("COLUMN_NAME"), kind(row)));
                }
            }
        }
        return new Sheet(table, columns);
    }

    private static Kind kind(ResultSet column) throws SQLException {
        int type = column.getInt("DATA_TYPE");
        return switch (type) {
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> Kind.TEXT;
            case Types.BOOLEAN, Types.BIT -> Kind.FLAG;
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
            case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> Kind.BINARY;
            case Types.DATE -> Kind.DAY;
            // PostgreSQL's driver gives the same number to moments with and without a zone.
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> Kind.MOMENT;
            default -> throw new SQLException("Backups do not know the type " + column.getString("TYPE_NAME") + " of "
                    + column.getString("TABLE_NAME") + "." + column.getString("COLUMN_NAME"));
        };
    }

    /** Every table, but not the partitions of one. */
    List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet row = data.getTables(connection.getCatalog(), connection.getSchema(), null,
                new String[] {"TABLE", "BASE TABLE", "PARTITIONED TABLE"})) {
            while (row.next()) {
                tables.add(row.getString("TABLE_NAME"));
            }
        }
        if (!isH2()) {
            try (ResultSet row = connection.createStatement().executeQuery(
                    "select c.relname from pg_class c where c.relispartition")) {
                while (row.next()) {
                    tables.remove(row.getString(1));
                }
            }
        }
        return tables;
    }

    /** The version of the tables, such as "3". */
    String version() throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select \"version\" from \"flyway_schema_history\" "
                + "where \"success\" = true and \"version\" is not null order by \"installed_rank\" desc")) {
            return row.next() ? row.getString(1) : "0";
        }
    }

    /** Whether a version is above another. */
    static boolean isAbove(String one, String other) {
        return Arrays.compare(parts(one), parts(other)) > 0;
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
