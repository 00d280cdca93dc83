package conduit.claude;

import conduit.claude.Dialogue.Flags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Processes of the CLI that were started before their call is known, so that the call need not wait for the start. Those
 * that wait and those that work are never more than the places. They are started beside the calls, one after another, and
 * not while anybody waits for a place: then each start would only be in the way of a call.
 */
public final class WarmPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
    /** How long there must have been room all the time: where calls come one upon another, none is started between them. */
    private static final long STEADY_MS = 100;
    private static final long IDLE_MS = 1_000;
    private static final long NANOS = 1_000_000;
    /** The longest that a start may take, and an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The longest that a call waits for one that is about to be ready. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final Memory MEMORY = new Memory(Path.of("/"));

    private final Spool spool;
    private final ClaudeCommand command;
    private final Places places;
    private final Setting setting;
    private final Duration longestWait;
    private final Demand demand;
    /** Those that are ready, the oldest first. */
    private final Deque<Spare> spares = new ArrayDeque<>();
    private final Endings endings = new Endings();
    /** How many are being started or asked, and how many calls wait for one of those. */
    private int busy;
    private int awaiting;
    /** Of the busy ones those that run, and that no call has lost its patience with. */
    private final Set<Spare> held = new HashSet<>();
    /** The least room since the keeper looked last. */
    private int tightest;
    private boolean taken;
    private final Trouble trouble = new Trouble();
    private Flags flags;
    private boolean closed;
    private volatile Thread keeper;

    /**
     * How it is kept.
     *
     * @param model  what the first call will probably ask for, with its cap
     * @param limit  the longest that a call may take
     * @param maxAge after which a process is replaced
     * @param nanos  the time
     */
    public record Setting(String model, int maxOutputTokens, Duration limit, Duration maxAge, LongSupplier nanos) {
    }

    public WarmPool(Spool spool, ClaudeCommand command, Places places, Setting setting) {
        this(spool, command, places, setting, LONGEST_WAIT);
    }

    WarmPool(Spool spool, ClaudeCommand command, Places places, Setting setting, Duration longestWait) {
        this.longestWait = longestWait;
        this.spool = spool;
        this.command = command;
        this.places = places;
        this.setting = setting;
        this.demand = new Demand(setting.nanos().getAsLong());
        this.flags = new Flags(setting.model(), setting.maxOutputTokens());
    }

    /**
     * Begins to keep processes, beside.
     *
     * @param fit whether the CLI is one with which this is safe; asked once
     */
    public void start(BooleanSupplier fit) {
        keeper = new Thread(() -> {
            try {
                spool.removeSpares();
                if (fit.getAsBoolean()) {
                    keep();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("No process is started ahead any more; calls start one each", e);
            }
        }, "claude-warm");
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keep() throws InterruptedException {
        long pause = STEADY_MS;
        while (pause(pause)) {
            tidy().forEach(this::refuse);
            Flags next = missing();
            boolean started = next != null && begin(next);
            pause = next == null ? (isEnough() ? IDLE_MS : STEADY_MS) : started ? STEADY_MS : trouble.pause();
        }
    }

    private synchronized boolean pause(long millis) throws InterruptedException {
        tightest = room();
        taken = false;
        long end = System.nanoTime() + millis * NANOS;
        for (long left = millis; left > 0 && !closed; left = (end - System.nanoTime()) / NANOS) {
            wait(left);
            if (taken && !trouble.is()) {
                end = Math.min(end, System.nanoTime() + STEADY_MS * NANOS);
                taken = false;
            }
        }
        return !closed;
    }

    private synchronized boolean isEnough() {
        return spares.size() + busy >= Math.min(wanted(), places.concurrency());
    }

    /** After a failure one is tried where no call comes, too: else nobody would learn that it is mended. */
    private int wanted() {
        return Math.max(demand.now(setting.nanos().getAsLong()), trouble.is() ? 1 : 0);
    }

    private synchronized List<Spare> tidy() {
        List<Spare> gone = new ArrayList<>();
        long now = setting.nanos().getAsLong();
        spares.removeIf(spare -> (!spare.isWell() || now - spare.born() > setting.maxAge().toNanos()) && gone.add(spare));
        while (spares.size() > Math.min(demand.now(now), places.concurrency())) {
            gone.add(spares.removeFirst());
        }
        return gone;
    }

    /** What the next one is to be started with, or null if there are enough. */
    private synchronized Flags missing() {
        int there = spares.size() + busy;
        int room = Math.min(tightest, room());
        if (there >= room || isEnough() || there >= Demand.spares(wanted(), there, room, MEMORY.available())) {
            return null;
        }
        busy++;
        return flags;
    }

    private int room() {
        return places.concurrency() - places.running() - places.waiting();
    }

    private boolean begin(Flags next) throws InterruptedException {
        Spare spare = null;
        boolean ready = false;
        try {
            spare = Spare.start(spool, command, next, setting.limit(), setting.nanos().getAsLong());
            synchronized (this) {
                held.add(spare);
            }
            ready = spare.agrees(PATIENCE);
        } catch (IOException e) {
            LOG.debug("No process was started ahead", e);
        } finally {
            back(spare, ready);
        }
        return ready;
    }

    /** Takes back one that was busy. */
    private void back(Spare spare, boolean ready) {
        boolean keep;
        synchronized (this) {
            busy--;
            boolean overdue = spare != null && !held.remove(spare);
            keep = ready && !closed;
            if (keep) {
                spares.addLast(spare);
                trouble.over();
            } else if (!ready && !closed) {
                trouble.failed(!overdue);
            }
            notifyAll();
        }
        if (!keep && spare != null) {
            refuse(spare);
        }
    }

    /** Ends one that is not to serve. */
    void refuse(Spare spare) {
        spare.end();
        endings.after(spare.process(), () -> spool.removeSpare(spare.folder(), null));
    }

    /** A process for a call that has its place; null if there is none, and none about to be ready. */
    synchronized Spare take(Call call) throws InterruptedException {
        taken = true;
        notifyAll();
        demand.called(places.running(), setting.nanos().getAsLong());
        tightest = Math.min(tightest, room());
        flags = new Flags(call.model(), call.maxOutputTokens());
        if (call.limit().compareTo(setting.limit()) > 0) {
            return null;
        }
        awaiting++;
        try {
            long overdue = System.nanoTime() + longestWait.toNanos();
            while (spares.isEmpty() && awaiting <= busy && !closed) {
                long left = (overdue - System.nanoTime()) / NANOS;
                if (left <= 0) {
                    held.forEach(spare -> ProcessGroup.kill(spare.process().toHandle()));
                    held.clear();
                }
                wait(left <= 0 ? STEADY_MS : left);
            }
        } finally {
            awaiting--;
        }
        while (!spares.isEmpty()) {
            Spare spare = spares.removeFirst();
            if (spare.isWell()) {
                return spare;
            }
            refuse(spare);
        }
        return null;
    }

    /** Once one that was taken is gone, its folder stays only while the call's leads to it. */
    void serves(Spare spare, Path call, Runnable gone) {
        endings.after(spare.process(), gone);
        endings.after(spare.process(), () -> spool.removeSpare(spare.folder(), call));
    }

    /** How many wait. */
    public synchronized int size() {
        return spares.size();
    }

    /** Asks one of them for its settings, which the API is not told of; what is wrong, or nothing. */
    public Optional<String> probe() {
        Spare spare = hold();
        if (spare != null) {
            boolean ready = false;
            try {
                spare.ask();
                ready = spare.agrees(PATIENCE);
            } catch (IOException e) {
                LOG.debug("A process that was started ahead is gone", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                back(spare, ready);
            }
        }
        return trouble.fault();
    }

    private synchronized Spare hold() {
        Spare spare = spares.pollLast();
        if (spare != null) {
            busy++;
            held.add(spare);
        }
        return spare;
    }

    /** Ends all that wait; new ones are started as they are needed. */
    public void recycle() {
        List<Spare> all;
        synchronized (this) {
            all = List.copyOf(spares);
            spares.clear();
        }
        all.forEach(this::refuse);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        recycle();
        endings.await(keeper);
    }
}
