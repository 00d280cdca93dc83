package conduit.ledger;

import org.springframework.jdbc.datasource.DataSourceUtils;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one Conduit at a time do a piece of work, of all that share a database. */
public final class OneAtATime {

    private final ReentrantLock here = new ReentrantLock();
    private final DataSource shared;
    private final Work work;

    /** What is done by one at a time; the number is that of its lock in the database. */
    public enum Work {
        RETENTION(0x434f4e4455495441L), EXPORT(0x434f4e4455495445L), REPEATS(0x434f4e4455495446L);

        private final long lock;

        Work(long lock) {
            this.lock = lock;
        }
    }

    /** @param shared the PostgreSQL that several may use, or null where nobody else can */
    public OneAtATime(Work work, DataSource shared) {
        this.work = work;
        this.shared = shared;
    }

    /** Runs the task, or returns false if somebody else is at it. A crash lets go, as its connection ends. */
    public boolean run(Runnable task) {
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
            throw new IllegalStateException("The lock that lets one Conduit at a time work can't be had: " + e.getMessage(), e);
        } finally {
            DataSourceUtils.releaseConnection(connection, shared);
        }
    }

    private boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, work.lock);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
