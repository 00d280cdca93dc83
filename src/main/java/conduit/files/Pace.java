package conduit.files;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Keeps work that is done again and again to a share of one processor: what takes much is done less often. */
final class Pace {

    private static final long LONGEST_NANOS = 5_000_000_000L;

    private final int rest;
    private final LongSupplier nanos;
    private final LongSupplier cpuNanos;
    private long began;
    private long due;

    /** @param rest how many times as long as the processor worked on it it rests afterwards; 5 s at most */
    Pace(int rest) {
        // Not the time that passed: on a busy machine that is mostly others', and files would wait for it.
        this(rest, System::nanoTime, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
    }

    Pace(int rest, LongSupplier nanos, LongSupplier cpuNanos) {
        this.rest = rest;
        this.nanos = nanos;
        this.cpuNanos = cpuNanos;
        this.due = nanos.getAsLong();
    }

    boolean isDue() {
        return nanos.getAsLong() - due >= 0;
    }

    void begin() {
        began = cpuNanos.getAsLong();
    }

    void end() {
        due = nanos.getAsLong() + Math.min(LONGEST_NANOS, rest * (cpuNanos.getAsLong() - began));
    }
}
