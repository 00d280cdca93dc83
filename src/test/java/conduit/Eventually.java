package conduit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits for what another thread or process does, up to a generous bound. What it fails by last is told: an assertion,
 * or an exception, as where a row that is asked for is not there yet.
 */
public final class Eventually {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MS = 20;

    private Eventually() {
    }

    /** An assertion, which may also fail by a checked exception. */
    public interface Assertion {
        void check() throws Exception;
    }

    public static void eventually(Assertion assertion) {
        eventually(() -> {
            try {
                assertion.check();
                return null;
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    public static <T> T eventually(Supplier<T> assertion) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (true) {
            try {
                return assertion.get();
            } catch (AssertionError | RuntimeException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                tick();
            }
        }
    }

    private static void tick() {
        try {
            new CountDownLatch(1).await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
