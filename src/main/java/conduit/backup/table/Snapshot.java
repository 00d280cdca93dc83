package conduit.backup.table;

import conduit.backup.file.BackupWriter;
import conduit.backup.file.Sheet;
import conduit.problem.Kind;
import conduit.problem.Problem;

import javax.sql.DataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The tables as they are at one instant, whatever is written meanwhile. */
public final class Snapshot implements AutoCloseable {

    private static final int FETCH = 500;
    /** H2 has no name for it in JDBC; its REPEATABLE READ takes a new instant for each table. */
    private static final int H2_SNAPSHOT = 6;

    private final Connection connection;
    private final Schema schema;
    private final String project;

    /**
     * Takes it.
     *
     * @param project the only project to read, or null for all
     */
    Snapshot(DataSource database, String project) throws SQLException {
        this.connection = database.getConnection();
        this.schema = new Schema(connection);
        this.project = project;
        try {
            begin();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void begin() throws SQLException {
        if (schema.isH2()) {
            lazy(true);
            connection.setTransactionIsolation(H2_SNAPSHOT);
        } else {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        connection.setAutoCommit(false);
        // The first statement sets the instant, on H2 for those tables that it can see: all.
        if (project != null && count("select count(*) from projects where id = ?") == 0) {
            throw Problem.of(Kind.NOT_FOUND, "There is no project \"" + project + "\". Known projects: " + known() + ".").with("field", "project")
                    .asException();
        }
    }

    private String known() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from projects order by id limit 20")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return String.join(", ", ids);
    }

    /** Without it H2 collects a whole table before it gives the first row. */
    private void lazy(boolean on) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lazy_query_execution " + (on ? 1 : 0));
        }
    }

    /** The version of the tables. */
    public String version() throws SQLException {
        return schema.version();
    }

    /** How many rows there are to write. */
    public long rows() throws SQLException {
        long rows = 0;
        for (Content content : Content.ALL) {
            if (has(content)) {
                rows += count("select count(*) from " + content.table() + where(content));
            }
        }
        return rows;
    }

    private boolean has(Content content) {
        return project == null || content.ofOne() != null;
    }

    private String where(Content content) {
        return project == null ? "" : " where " + content.ofOne();
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH);
        if (project != null) {
            statement.setString(1, project);
        }
        return statement;
    }

    private long count(String sql) throws SQLException {
        try (PreparedStatement statement = statement(sql); ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @param progress is told how many rows are written */
    public void write(BackupWriter out, LongConsumer progress) throws SQLException, IOException {
        long rows = 0;
        for (Content content : Content.ALL) {
            if (!has(content)) {
                continue;
            }
            Sheet sheet = schema.sheet(content.table());
            out.table(sheet);
            try (PreparedStatement statement = statement("select " + String.join(", ", sheet.names()) + " from "
                    + content.table() + where(content)); ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    out.row(Values.read(row, sheet));
                    progress.accept(++rows);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            if (schema.isH2()) {
                lazy(false);
            }
        }
    }
}
