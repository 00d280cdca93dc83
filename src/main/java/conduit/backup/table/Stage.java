package conduit.backup.table;

import conduit.backup.file.BackupReader;
import conduit.backup.file.BadFile;
import conduit.backup.file.Sheet;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Puts a backup's rows into temporary tables, where set-based statements reach them. */
final class Stage implements BackupReader.Sink {

    private static final int BATCH = 1_000;
    private static final List<String> HELPERS = List.of("restore_ids", "restore_change", "restore_change_daily");

    private final Sql sql;
    private final Schema schema;
    private final boolean h2;
    private final LongConsumer progress;
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();
    private Sheet sheet;
    private PreparedStatement insert;
    private int waiting;
    private long rows;
    private boolean skipping;

    /** An SQL failure within a sink that can't throw one. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failed(SQLException cause) {
            super(cause);
        }

        SQLException sql() {
            return (SQLException) getCause();
        }
    }

    Stage(Sql sql, LongConsumer progress) throws SQLException {
        this.sql = sql;
        this.schema = new Schema(sql.connection());
        this.h2 = schema.isH2();
        this.progress = progress;
        drop();
        // Else each row is a transaction, and waits for the disk.
        sql.connection().setAutoCommit(false);
        // Types come from the tables themselves.
        create("restore_ids", "select id, id as new_id from usage_tracking where 1 = 0");
        create("restore_change", "select * from spending where 1 = 0");
        create("restore_change_daily", "select * from usage_daily where 1 = 0");
    }

    @Override
    public void table(Sheet next) {
        Content content = Content.of(next.table());
        skipping = Content.isPast(next);
        if (skipping) {
            return;
        }
        if (content == null) {
            throw new BadFile("has a table \"" + next.table() + "\", which this Conduit does not have");
        }
        try {
            flush();
            List<Sheet.Column> known = schema.sheet(next.table()).columns();
            for (Sheet.Column column : next.columns()) {
                if (!known.contains(column)) {
                    throw new BadFile("has a column \"" + column.name() + "\" in " + next.table()
                            + ", which this Conduit does not have, or has as another type");
                }
            }
            if (!next.names().containsAll(content.key())) {
                throw new BadFile("has no key in " + next.table());
            }
            begin(content, next);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private void begin(Content content, Sheet next) throws SQLException {
        create(content.stage(), "select " + String.join(", ", next.names()) + ", cast(null as varchar(10)) as mark from "
                + content.table() + " where 1 = 0");
        sheets.put(next.table(), next);
        sheet = next;
        insert = sql.statement("insert into " + content.stage() + " (" + String.join(", ", next.names()) + ") values ("
                + "?, ".repeat(next.columns().size() - 1) + "?)");
    }

    private void create(String table, String query) throws SQLException {
        sql.run("create " + (h2 ? "cached local " : "") + "temporary table " + table + " as " + query);
    }

    @Override
    public void row(List<Object> values) {
        if (skipping) {
            progress.accept(++rows);
            return;
        }
        try {
            Values.write(insert, sheet, values);
            insert.addBatch();
            if (++waiting == BATCH) {
                write();
            }
            progress.accept(++rows);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private void write() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            sql.connection().commit();
            waiting = 0;
        }
    }

    private void flush() throws SQLException {
        if (insert != null) {
            write();
            insert.close();
            insert = null;
        }
    }

    /** Ends the filling; a table that the file has not is there, and empty. */
    void ready() throws SQLException {
        flush();
        for (Content content : Content.ALL) {
            if (!sheets.containsKey(content.table())) {
                begin(content, schema.sheet(content.table()));
                flush();
            }
            index(content, String.join(", ", content.key()), "key");
            if (!h2) {
                sql.run("analyze " + content.stage());
            }
        }
        index(Content.of("usage_tracking"), "id", "id");
        sql.connection().commit();
    }

    private void index(Content content, String columns, String name) throws SQLException {
        try {
            sql.run("create unique index " + content.stage() + "_" + name + " on " + content.stage() + " (" + columns + ")");
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("23")) {
                throw new BadFile("has a row of " + content.table() + " twice");
            }
            throw e;
        }
    }

    /** The columns that the backup has of a table. */
    Sheet sheet(Content content) {
        return sheets.get(content.table());
    }

    void drop() throws SQLException {
        List<String> tables = new ArrayList<>(HELPERS);
        Content.ALL.forEach(content -> tables.add(content.stage()));
        for (String table : tables) {
            sql.run("drop table if exists " + table);
        }
    }
}
