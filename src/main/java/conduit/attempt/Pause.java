package conduit.attempt;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits between two attempts. */
public interface Pause {

    /**
     * Waits so long, or until there is no point in it any more.
     *
     * @return whether the whole wait is over, and another attempt may be made
     */
    boolean await(Duration wait, BooleanSupplier pointless);

    /** A pause of the wall clock. An interrupt ends it. */
    static Pause sleeping() {
        return (wait, pointless) -> {
            long end = System.nanoTime() + wait.toNanos();
            try {
                while (!pointless.getAsBoolean()) {
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return true;
                    }
                    Thread.sleep(Math.min(left, 100));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        };
    }
}
