package conduit.ledger;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whose turn it is within this Conduit to ask for a project's limits. The database would see to it too, but each who waits
 * there holds one of its connections, and a crowd in one project would leave none for the others.
 */
final class Turns {

    private static final int STRIPES = 64;

    private final ReentrantLock[] locks = Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES)
            .toArray(ReentrantLock[]::new);
    private final Duration patience;

    /** @param patience how long to wait for a turn before going on without one */
    Turns(Duration patience) {
        this.patience = patience;
    }

    /**
     * Runs a step as soon as nobody else of the project runs one, first come, first served. Where that takes too long the
     * step runs all the same: with a database that is gone each turn takes as long as its time limit, and a line of them
     * would wait for the sum.
     */
    <T> T take(String project, Supplier<T> step) {
        ReentrantLock lock = locks[Math.floorMod(project.hashCode(), STRIPES)];
        boolean mine = await(lock);
        try {
            return step.get();
        } finally {
            if (mine) {
                lock.unlock();
            }
        }
    }

    private boolean await(ReentrantLock lock) {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
