package conduit.expression;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Ends a matching that takes too long. One deadline may be shared by many expressions and threads. */
public final class Deadline {

    private static final Deadline NONE = new Deadline(null, 0, Duration.ZERO);

    private final LongSupplier nanoTime;
    private final long end;
    private final Duration allowed;

    private Deadline(LongSupplier nanoTime, long end, Duration allowed) {
        this.nanoTime = nanoTime;
        this.end = end;
        this.allowed = allowed;
    }

    /** A deadline that never comes. */
    public static Deadline none() {
        return NONE;
    }

    /**
     * A deadline so long from now.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds, such as {@code System::nanoTime}
     */
    public static Deadline after(Duration allowed, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + allowed.toNanos(), allowed);
    }

    /** @throws OvertimeException when it has passed */
    public void check() {
        if (nanoTime != null && nanoTime.getAsLong() - end > 0) {
            throw new OvertimeException("The regular expressions took longer than " + allowed.toMillis()
                    + " ms on this text.");
        }
    }

    boolean isNone() {
        return nanoTime == null;
    }
}
