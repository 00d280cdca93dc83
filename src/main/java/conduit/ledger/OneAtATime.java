package conduit.retention;

import org.springframework.jdbc.datasource.DataSourceUtils;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one Conduit at a time tidy up, of all that share a database. */
final class OneAtATime {

    private static final long LOCK = 0x434f4e4455495441L;

    private final ReentrantLock here = new ReentrantLock();
    private final DataSource shared;

    /** @param shared the PostgreSQL that several may use, or null where nobody else can */
    OneAtATime(DataSource shared) {
        this.shared = shared;
    }

    /** Runs the task, or returns false if somebody else is at it. A crash lets go, as its connection ends. */
    boolean run(Runnable task) {
        if (!here.tryLock()) {
            return false;
        }
        try {
            if (shared == null) {
                task.run();
                return true;
            }
            return locked(task);
        } finally {
            here.unlock();
        }
    }

    private boolean locked(Runnable task) {
        Connection connection = DataSourceUtils.getConnection(shared);
        try {
            if (!ask(connection, "select pg_try_advisory_lock(?)")) {
                return false;
            }
            try {
                task.run();
                return true;
            } finally {
                ask(connection, "select pg_advisory_unlock(?)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The lock for tidying up can't be had: " + e.getMessage(), e);
        } finally {
            DataSourceUtils.releaseConnection(connection, shared);
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
