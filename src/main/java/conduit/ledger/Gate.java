package conduit.ledger;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

import javax.sql.DataSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The ledger's transactions; closed, it keeps those of this process waiting, as H2 can't lock whole tables. */
public final class Gate extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;

    private final transient ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    public Gate(DataSource database) {
        super(database);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        lock.readLock().lock();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            lock.readLock().unlock();
            throw e;
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for the transactions that run and holds up others until {@link #open}; false if that takes too long. */
    public boolean close(Duration patience) throws InterruptedException {
        return lock.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** To be called by the thread that closed it. */
    public void open() {
        lock.writeLock().unlock();
    }
}
