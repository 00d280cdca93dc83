package conduit.claude;

import conduit.problem.Kind;
import conduit.problem.Problem;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The places for processes of the CLI, with a line a project. A place that gets free goes to the waiting project that
 * has the fewest processes, then to the one whose last turn was longest ago; within a project first come, first served.
 * So who has nothing running waits for the next place only, however many wait before it in other projects' lines.
 */
public final class Places {

    private static final Duration GUESS = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final double NEWEST = 0.1;
    private static final Comparator<Line> ORDER = Comparator.<Line>comparingInt(line -> line.running)
            .thenComparingLong(line -> line.turn).thenComparingLong(line -> line.waiting.getFirst().number);

    private final int concurrency;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of each project that runs or waits, or had a turn while others wait. */
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int running;
    private int waiting;
    private long numbers;
    private boolean closed;
    /** What calls take of late: the mean of the time that is spent in places from one end of a call to the next. */
    private double meanNanos = GUESS.toNanos();
    private double spentNanos;
    private long changed;

    /** @param concurrency processes at a time */
    public Places(int concurrency) {
        this(concurrency, System::nanoTime);
    }

    Places(int concurrency, LongSupplier nanos) {
        this.concurrency = concurrency;
        this.nanos = nanos;
        this.changed = nanos.getAsLong();
    }

    private static final class Line {
        private final Deque<Waiter> waiting = new ArrayDeque<>();
        private int running;
        private long turn;
    }

    private static final class Waiter {
        private final Condition told;
        private final long number;
        private boolean hasPlace;

        Waiter(Condition told, long number) {
            this.told = told;
            this.number = number;
        }
    }

    /**
     * Waits for a place. Who gets one calls {@link #leave} at its end.
     *
     * @throws InterruptedException               if the thread is interrupted; then it has no place
     * @throws conduit.problem.ProblemException if the places are or get {@linkplain #close closed}; then it has none
     */
    public void enter(String project) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            checkOpen();
            Waiter me = new Waiter(lock.newCondition(), ++numbers);
            lines.computeIfAbsent(project, p -> new Line()).waiting.addLast(me);
            waiting++;
            fill();
            try {
                while (!me.hasPlace && !closed) {
                    me.told.await();
                }
            } catch (InterruptedException e) {
                goAway(project, me);
                throw e;
            }
            if (!me.hasPlace) {
                goAway(project, me);
                checkOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw Problem.of(Kind.STOPPING, "Conduit stops, and this request's turn had not come. Send it again when "
                    + "Conduit is back.").retryAfter(GUESS).asException();
        }
    }

    /** Out of the line; a place that came at the same moment goes to the next one. */
    private void goAway(String project, Waiter me) {
        if (me.hasPlace) {
            free(project);
        } else {
            lines.get(project).waiting.remove(me);
            waiting--;
        }
        forget();
    }

    /** Gives a place back. */
    public void leave(String project) {
        lock.lock();
        try {
            count();
            meanNanos += NEWEST * (spentNanos - meanNanos);
            spentNanos = 0;
            free(project);
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void free(String project) {
        count();
        Line line = lines.get(project);
        if (line == null || line.running == 0) {
            throw new IllegalStateException("project " + project + " has no place");
        }
        line.running--;
        running--;
        fill();
    }

    private void fill() {
        while (running < concurrency && waiting > 0 && !closed) {
            Line next = lines.values().stream().filter(line -> !line.waiting.isEmpty()).min(ORDER).orElseThrow();
            count();
            Waiter first = next.waiting.removeFirst();
            waiting--;
            running++;
            next.running++;
            next.turn = ++numbers;
            first.hasPlace = true;
            first.told.signal();
        }
    }

    private void count() {
        long now = nanos.getAsLong();
        spentNanos += (double) running * (now - changed);
        changed = now;
    }

    /**
     * While somebody waits, the turn of a project that comes and goes must be known, or it would always be the next one; but
     * not one that is before those of all who wait: it would be before them as an unknown one, too.
     */
    private void forget() {
        long first = waiting == 0 ? Long.MAX_VALUE : lines.values().stream().filter(line -> !line.waiting.isEmpty())
                .mapToLong(line -> line.turn).min().orElse(Long.MAX_VALUE);
        lines.values().removeIf(line -> line.running == 0 && line.waiting.isEmpty() && line.turn < first);
    }

    /** How many projects it knows of. */
    int known() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }

    /** Sends all away who wait, and who comes from now on. Who has a place keeps it until it leaves. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            lines.values().forEach(line -> line.waiting.forEach(waiter -> waiter.told.signal()));
        } finally {
            lock.unlock();
        }
    }

    /** The most processes at a time. */
    public int concurrency() {
        return concurrency;
    }

    /** How many places are taken. */
    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for a place. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** About how long a project's line, with one more in it, takes to be served at the pace of late; a minute at most. */
    public Duration expectedWait(String project) {
        lock.lock();
        try {
            Line mine = lines.get(project);
            long before = mine == null ? 0 : mine.waiting.size();
            long others = lines.values().stream().filter(line -> line != mine && !line.waiting.isEmpty()).count();
            double wait = (before + 1) * (others + 1) * meanNanos / Math.max(1, concurrency);
            return Duration.ofNanos((long) Math.min(wait, LONGEST_WAIT.toNanos()));
        } finally {
            lock.unlock();
        }
    }
}
