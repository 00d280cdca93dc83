package conduit.backup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** How far the one backup or restore is that runs. */
public final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int STRIDE = 1_000;

    private final AtomicReference<State> state = new AtomicReference<>();
    private long toldAt;

    /**
     * How far it is.
     *
     * @param work  {@code backup} or {@code restore}
     * @param total rows; 0 as long as it is not known
     */
    public record State(String work, String name, long done, long total) {
    }

    /** What runs, or null. */
    public State state() {
        return state.get();
    }

    /** False where something runs already. */
    boolean begin(String work, String name) {
        boolean begun = state.compareAndSet(null, new State(work, name, 0, 0));
        if (begun) {
            toldAt = System.nanoTime();
        }
        return begun;
    }

    void total(long rows) {
        State now = state.get();
        state.set(new State(now.work(), now.name(), now.done(), rows));
    }

    /** To be called by the thread that began. */
    void rows(long done) {
        if (done % STRIDE != 0) {
            return;
        }
        State now = state.get();
        state.set(new State(now.work(), now.name(), done, now.total()));
        if (System.nanoTime() - toldAt > PAUSE_NANOS) {
            toldAt = System.nanoTime();
            LOG.info("The {} {} is at row {} of {}", now.work(), now.name(), done, now.total());
        }
    }

    void end() {
        state.set(null);
    }
}
