package conduit.backup.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Statements on one connection. */
record Sql(Connection connection) {

    /** @return how many rows it wrote */
    long run(String sql, Object... params) throws SQLException {
        try (PreparedStatement statement = statement(sql, params)) {
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    /** The first number that a query gives; 0 for null. */
    long number(String sql, Object... params) throws SQLException {
        try (PreparedStatement statement = statement(sql, params); ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    PreparedStatement statement(String sql, Object... params) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < params.length; i++) {
            statement.setObject(i + 1, params[i]);
        }
        return statement;
    }
}
