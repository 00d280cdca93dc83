package conduit.backup.table;

import conduit.backup.file.BackupReader;
import conduit.backup.file.BadFile;
import conduit.ledger.Gate;
import conduit.problem.Kind;
import conduit.problem.Problem;

import javax.sql.DataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The ledger's tables, as backups read and restore them.
 *
 * @param node      this Conduit's name among those that share the database
 * @param hasOutput whether this Conduit has the output of a run's process
 */
public record Tables(DataSource database, Gate gate, String node, BiPredicate<String, Integer> hasOutput) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 5;
    /** Deadlock, serialisation, lock timeout. */
    private static final Set<String> BUSY = Set.of("40P01", "40001", "55P03", "HYT00");

    /** What they hold now; of one project, or of all for null. */
    public Snapshot snapshot(String project) throws SQLException {
        return new Snapshot(database, project);
    }

    /**
     * Merges a backup, all of it or nothing.
     *
     * @param dry      only tells what would be done
     * @param progress is told how many rows are read
     * @throws BadFile if it does not fit
     */
    public Map<String, Counts> restore(BackupReader backup, boolean dry, LongConsumer progress)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            Schema schema = new Schema(connection);
            if (Schema.isAbove(backup.header().schema(), schema.version())) {
                throw new BadFile("was made by a newer Conduit: its tables have version " + backup.header().schema()
                        + ", those here " + schema.version() + ". Restore it with that one");
            }
            Sql sql = new Sql(connection);
            Stage stage = new Stage(sql, progress);
            try {
                backup.read(stage);
                stage.ready();
                return dry ? plan(sql, stage) : merge(sql, stage, schema.isH2());
            } catch (Stage.Failed e) {
                throw told(e.sql());
            } catch (SQLException e) {
                throw told(e);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                stage.drop();
            }
        }
    }

    private static Map<String, Counts> plan(Sql sql, Stage stage) throws SQLException {
        try {
            return new Plan(sql, stage).make();
        } finally {
            sql.connection().rollback();
        }
    }

    private Map<String, Counts> merge(Sql sql, Stage stage, boolean h2) throws SQLException, InterruptedException {
        for (int tried = 1; true; tried++) {
            if (!gate.close(PATIENCE)) {
                throw Problem.of(Kind.SATURATED, "Requests did not come to a rest for the restore. Try again, best "
                        + "without load.").retryAfter(PATIENCE).asException();
            }
            try {
                return transaction(sql, stage, h2);
            } catch (SQLException e) {
                sql.connection().rollback();
                if (tried == TRIES || !BUSY.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            } finally {
                gate.open();
            }
        }
    }

    private Map<String, Counts> transaction(Sql sql, Stage stage, boolean h2) throws SQLException {
        Merge merge = new Merge(sql, stage, h2);
        if (h2) {
            // It ends a transaction there. A gap in the numbers harms nobody.
            merge.raiseNumbers();
        }
        if (!h2) {
            lock(sql);
            merge.raiseNumbers();
        }
        Plan plan = new Plan(sql, stage);
        Map<String, Counts> counts = plan.make();
        merge.move(counts, plan);
        merge.flagOwn(node, hasOutput);
        sql.connection().commit();
        return counts;
    }

    /** Other Conduits wait, too; spending first, as an accepted request takes its lock there and none before. */
    private static void lock(Sql sql) throws SQLException {
        sql.run("set local lock_timeout = '10s'");
        sql.run("lock table spending in exclusive mode");
        sql.run("lock table " + Content.ALL.stream().map(Content::table).collect(Collectors.joining(", "))
                + " in exclusive mode");
    }

    /** What the rows themselves are to blame for. */
    private static RuntimeException told(SQLException e) throws SQLException {
        SQLException cause = e.getNextException() == null ? e : e.getNextException();
        String state = String.valueOf(cause.getSQLState());
        if (state.startsWith("22") || state.startsWith("23")) {
            return new BadFile("has a row that does not fit: " + String.valueOf(cause.getMessage()).lines().findFirst()
                    .orElse("") + ". Nothing was changed");
        }
        if (BUSY.contains(state)) {
            return Problem.of(Kind.SATURATED, "Others held on to rows that the restore needs. Nothing was changed; try "
                    + "again, best without load.").retryAfter(PATIENCE).asException();
        }
        throw e;
    }
}
