package conduit.ledger;

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

    /** Runs a step as soon as nobody else of the project runs one, first come, first served. */
    <T> T take(String project, Supplier<T> step) {
        ReentrantLock lock = locks[Math.floorMod(project.hashCode(), STRIPES)];
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
