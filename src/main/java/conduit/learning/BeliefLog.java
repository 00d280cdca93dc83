package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Posterior;
import conduit.bandit.Tuning;
import conduit.model.Catalogue;
import conduit.model.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The log of judgements and the beliefs that are its fold.
 *
 * <p>Locks are taken in one order: the judged run's row in {@code observations}, then {@code belief_head}. A transaction
 * that judged one run holds the second, so it judges no other.
 */
public final class BeliefLog {

    private static final Logger LOG = LoggerFactory.getLogger(BeliefLog.class);
    /** A start may have to fold so many lines. */
    private static final long SNAPSHOT_EVERY = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Beliefs none;
    private final BeliefLines lines;
    private final BeliefSnapshot snapshot;
    private final Memory memory = new Memory();
    private volatile long cutAt;

    private record Former(Entry.Judged judged, long place, boolean said) {
    }

    public BeliefLog(JdbcClient jdbc, TransactionTemplate transaction, Catalogue catalogue, Tuning tuning, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.catalogue = catalogue;
        this.clock = clock;
        Map<String, Posterior> priors = new HashMap<>();
        catalogue.all().forEach(model -> priors.put(model.id(),
                new Posterior(model.priorAlpha(), model.priorBeta(), 0)));
        none = Beliefs.none(tuning, priors);
        lines = new BeliefLines(jdbc);
        snapshot = new BeliefSnapshot(jdbc);
    }

    /**
     * Notes models that follow others: they inherit a little of what was learnt, once. Then reads the log, which can be
     * long where there is no snapshot that fits, and keeps one: requests would wait for that.
     */
    public void prepare() {
        // Again, as long as one did: a model may follow one that has just inherited.
        while (catalogue.all().stream().filter(model -> model.follows() != null)
                .filter(model -> Boolean.TRUE.equals(transaction.execute(status -> inherits(model)))).count() > 0) {
            LOG.info("The bandit knows of new models what was learnt of those that they follow");
        }
        tidy();
    }

    private boolean inherits(Model model) {
        Beliefs now = lines.from(start(), lines.lockedHead());
        if (now.overall(model.id()).observations() > 0 || !knows(now, model.follows())
                || jdbc.sql("select count(*) from belief_log where kind = 'renewed' and model = ?").param(model.id())
                        .query(Long.class).single() > 0) {
            return false;
        }
        memory.appending();
        lines.renewed(lines.next(), model.id(), model.follows(), clock.instant());
        return true;
    }

    private static boolean knows(Beliefs beliefs, String model) {
        return beliefs.cells().values().stream().map(cell -> cell.of(model)).anyMatch(e -> e.good() + e.bad() > 0);
    }

    /**
     * What is believed: after every line that this process committed, and those that others did more than half a second
     * ago. Takes no lock.
     */
    public Beliefs beliefs() {
        Memory.Ticket ticket = memory.ticket();
        return ticket.fresh() != null ? ticket.fresh() : memory.keep(read(ticket.known()), ticket);
    }

    private Beliefs read(Beliefs known) {
        long head = lines.head();
        boolean putBack = known != null && known.version() > head;
        if (putBack) {
            LOG.warn("The bandit's log ends at line {}, and ended at {}: somebody put it back, and it is read anew", head,
                    known.version());
            memory.forget();
        }
        Beliefs now = lines.from(known == null || putBack ? start() : known, head);
        if (now.version() < head && cutAt != now.version()) {
            cutAt = now.version();
            LOG.error(cut(now));
        }
        return now;
    }

    /** What was believed at a version, folded from the first line. */
    public Beliefs at(long version) {
        return whole(lines.from(none, version), version);
    }

    private static Beliefs whole(Beliefs beliefs, long version) {
        if (beliefs.version() < version) {
            throw new IllegalStateException(cut(beliefs));
        }
        return beliefs;
    }

    private static String cut(Beliefs beliefs) {
        return "belief_log has no line " + (beliefs.version() + 1) + ": the bandit goes on with what it knew before that, and "
                + "learns no more. Put the database back from a backup";
    }

    private Beliefs start() {
        return snapshot.read(none);
    }

    /** Keeps a snapshot where many lines were added since the last one. */
    public void tidy() {
        keep(SNAPSHOT_EVERY);
    }

    /** Keeps a snapshot where any line was added since the last one. */
    public void close() {
        keep(1);
    }

    private void keep(long added) {
        Beliefs now = beliefs();
        if (snapshot.isDue(now, added)) {
            transaction.executeWithoutResult(status -> snapshot.write(now));
        }
    }

    /**
     * Takes a judgement in: the first one of a run is added, the same again changes nothing, another replaces the former;
     * a guess never replaces what was said. To be called in a transaction, once and last: it keeps others waiting.
     *
     * @throws IllegalStateException if there is no transaction, or the log is damaged
     */
    public void judge(Judgement judgement) {
        boolean first = memory.appending();
        Optional<Former> found = former(judgement);
        if (found.isEmpty() && isNew(judgement)) {
            add(judgement, first);
            return;
        }
        Former former = found.or(() -> former(judgement)).orElseThrow();
        if (judgement.said() || !former.said()) {
            replace(former, judgement);
        }
    }

    /** Before the lock that everybody needs: who comes second waits here, and then finds what the first one judged. */
    private boolean isNew(Judgement judgement) {
        return jdbc.sql("insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?) on conflict do nothing")
                .params(judgement.requestId(), judgement.run(), judgement.model(), judgement.context().category(),
                        judgement.context().length(), judgement.signal(), judgement.reward(), judgement.weight(),
                        judgement.said(), clock.instant().atOffset(ZoneOffset.UTC)).update() > 0;
    }

    private void add(Judgement judgement, boolean first) {
        long version = lines.next();
        Beliefs known = memory.known();
        if (known != null && known.version() >= version) {
            // Not of this log: somebody put it back.
            memory.forget();
            known = null;
        }
        Beliefs before = whole(lines.from(known == null ? start() : known, version - 1), version - 1);
        if (first) {
            // Committed by others, who had the lock before: else each judgement would read what the last one read.
            memory.learn(before);
        }
        Context seat = before.seat(judgement.context());
        jdbc.sql("update observations set version = ?, place = ?, category = ? where request_id = ? and run = ?")
                .params(version, before.place(judgement.context()), seat.category(), judgement.requestId(),
                        judgement.run()).update();
        lines.judged(version, judgement, clock.instant());
    }

    private void replace(Former found, Judgement judgement) {
        Former former = found.place() > 0 ? found : seated(found);
        jdbc.sql("update observations set signal = ?, reward = ?, weight = ?, said = ?, place = ?, category = ? "
                        + "where request_id = ? and run = ?")
                .params(judgement.signal(), judgement.reward(), judgement.weight(), judgement.said(), former.place(),
                        former.judged().context().category(), judgement.requestId(), judgement.run()).update();
        if (former.judged().reward() != judgement.reward() || former.judged().weight() != judgement.weight()) {
            lines.replaced(new Entry.Replaced(lines.next(), former.judged(), former.place(), judgement.reward(),
                    judgement.weight()), judgement, clock.instant());
        }
    }

    /** The same with the cell and the place that the log tells. */
    private Former seated(Former former) {
        Entry.Judged judged = former.judged();
        Beliefs before = at(judged.version() - 1);
        return new Former(new Entry.Judged(judged.version(), before.seat(judged.context()), judged.model(),
                judged.reward(), judged.weight()), before.place(judged.context()), former.said());
    }

    private Optional<Former> former(Judgement judgement) {
        return jdbc.sql("select * from observations where request_id = ? and run = ? for update")
                .params(judgement.requestId(), judgement.run())
                .query((row, i) -> new Former(new Entry.Judged(row.getLong("version"),
                        new Context(row.getString("category"), row.getString("length_bucket")),
                        row.getString("model"), row.getDouble("reward"), row.getDouble("weight")),
                        row.getLong("place"), row.getBoolean("said"))).optional();
    }
}
