package conduit.attempt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a model is tried again: "full jitter", any length up to a bound that doubles with each try, so
 * that those who failed together don't come back together. Source: M. Brooker, "Exponential Backoff And Jitter", AWS, 2015.
 */
public final class Backoff {

    private static final Duration CAP = Duration.ofSeconds(8);
    private static final int MOST_DOUBLINGS = 30;

    private final Duration base;
    private final RandomGenerator chance;

    /** @param base the bound of the first wait */
    public Backoff(Duration base, RandomGenerator chance) {
        this.base = base;
        this.chance = chance;
    }

    /** A wait before the n-th try again, n from 1. */
    public synchronized Duration before(int n) {
        return Duration.ofMillis(chance.nextLong(bound(n).toMillis() + 1));
    }

    /** The longest wait before the n-th try again. */
    Duration bound(int n) {
        Duration doubled = base.multipliedBy(1L << Math.min(n - 1, MOST_DOUBLINGS));
        return doubled.compareTo(CAP) < 0 ? doubled : CAP;
    }
}
