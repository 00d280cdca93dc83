package conduit.learning;

import conduit.bandit.Beliefs;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The beliefs that were read last. They hold committed lines only, and are read again once a transaction of this process
 * that added lines has ended.
 */
final class Memory {

    private static final long FRESH_NANOS = 500_000_000;

    private final AtomicReference<Seen> seen = new AtomicReference<>();
    private final AtomicLong ended = new AtomicLong();

    /** @param ended how many transactions had added lines when the reading began */
    private record Seen(Beliefs beliefs, long readAt, long ended) {
    }

    /**
     * What is known when somebody asks.
     *
     * @param fresh what is believed, or null where it has to be read
     * @param known from which to go on, or null
     */
    record Ticket(Beliefs fresh, Beliefs known, long ended) {
    }

    /** Marks the end of a transaction that added lines. */
    private static final class Appending implements TransactionSynchronization {

        private final Memory memory;

        Appending(Memory memory) {
            this.memory = memory;
        }

        @Override
        public void afterCompletion(int status) {
            memory.ended.incrementAndGet();
        }
    }

    Ticket ticket() {
        long now = ended.get();
        Seen last = seen.get();
        boolean fresh = last != null && last.ended() == now && System.nanoTime() - last.readAt() <= FRESH_NANOS
                && !isAppending();
        return new Ticket(fresh ? last.beliefs() : null, last == null ? null : last.beliefs(), now);
    }

    /** Keeps what was read for this ticket, unless this transaction has lines in it that may be rolled back; returns it. */
    Beliefs keep(Beliefs read, Ticket ticket) {
        if (!isAppending()) {
            keep(new Seen(read, System.nanoTime(), ticket.ended()));
        }
        return read;
    }

    /** Keeps older lines, from which the next reading goes on. */
    void learn(Beliefs committed) {
        keep(new Seen(committed, System.nanoTime(), -1));
    }

    /** Of two that read at the same time the one that read more stays. */
    private void keep(Seen next) {
        seen.accumulateAndGet(next, (last, mine) -> last == null || mine.beliefs().version() > last.beliefs().version()
                || mine.beliefs().version() == last.beliefs().version() && mine.ended() >= last.ended() ? mine : last);
    }

    Beliefs known() {
        Seen last = seen.get();
        return last == null ? null : last.beliefs();
    }

    void forget() {
        seen.set(null);
    }

    /**
     * To be called before a line is added; whether it is this transaction's first one.
     *
     * @throws IllegalStateException if there is none
     */
    boolean appending() {
        if (isAppending()) {
            return false;
        }
        // Without one this throws.
        TransactionSynchronizationManager.registerSynchronization(new Appending(this));
        return true;
    }

    private boolean isAppending() {
        return TransactionSynchronizationManager.isSynchronizationActive() && TransactionSynchronizationManager
                .getSynchronizations().stream().anyMatch(s -> s instanceof Appending a && a.memory == this);
    }
}
