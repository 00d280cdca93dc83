package conduit.ledger;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

import javax.sql.DataSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The ledger's transactions; closed, it keeps those of this process waiting, as H2 can't lock whole tables. A thread that is
 * interrupted, as those that wait are by a stop, is so again behind its transaction: on such a thread Java closes H2's file
 * at the first write, and with it the ledger of all who still book.
 */
public final class Gate extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;

    private final transient ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final transient ThreadLocal<Boolean> interrupted = ThreadLocal.withInitial(() -> false);

    public Gate(DataSource database) {
        super(database);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        lock.readLock().lock();
        interrupted.set(Thread.interrupted());
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            lock.readLock().unlock();
            interruptAgain();
            throw e;
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            lock.readLock().unlock();
            interruptAgain();
        }
    }

    private void interruptAgain() {
        if (interrupted.get()) {
            Thread.currentThread().interrupt();
        }
        interrupted.remove();
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
