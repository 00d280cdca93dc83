package conduit.backtest;

import java.util.concurrent.atomic.AtomicBoolean;

/** How far the one backtest is that may run at a time; safe for any number of threads that look. */
public final class Progress {

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long done;
    private volatile long total;

    /**
     * How far it is.
     *
     * @param running false between two backtests; then the counts are the last one's
     */
    public record State(boolean running, long done, long total) {
    }

    public State state() {
        return new State(running.get(), done, total);
    }

    /** Begins one; false if another one runs. Whoever gets true must call {@link #end}. */
    public boolean begin() {
        boolean mine = running.compareAndSet(false, true);
        if (mine) {
            done = 0;
            total = 0;
        }
        return mine;
    }

    public void end() {
        running.set(false);
    }

    void expect(long requests) {
        total = requests;
    }

    /** One writer only: the backtest that runs. */
    void did(long requests) {
        done = requests;
    }
}
