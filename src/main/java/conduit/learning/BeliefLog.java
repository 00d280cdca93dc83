package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Posterior;
import conduit.bandit.Tuning;
import conduit.model.Catalogue;
import conduit.model.Model;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The log of judgements and the beliefs that are its fold. */
public final class BeliefLog {

    private static final long FRESH_NANOS = 500_000_000;
    /** A start may have to fold so many lines. */
    private static final long SNAPSHOT_EVERY = 500;
    private static final long PAGE = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Beliefs none;
    private final BeliefLines lines;
    private final BeliefSnapshot snapshot;
    private volatile Seen seen;

    private record Seen(Beliefs beliefs, long readAt) {
    }

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

    /** Notes models that follow others: they inherit a little of what was learnt, once. */
    public void prepare() {
        for (Model model : catalogue.all()) {
            if (model.follows() != null) {
                transaction.executeWithoutResult(status -> inherit(model));
            }
        }
    }

    private void inherit(Model model) {
        long version = lines.next();
        Beliefs now = lines.from(start(), version - 1);
        if (now.overall(model.id()).observations() == 0 && now.overall(model.follows()).observations() > 0
                && jdbc.sql("select count(*) from belief_log where kind = 'renewed' and model = ?").param(model.id())
                        .query(Long.class).single() == 0) {
            lines.renewed(version, model.id(), model.follows(), clock.instant());
        } else {
            jdbc.sql("update belief_head set version = version - 1 where id = 1").update();
        }
    }

    /** What is believed, at most half a second old: other nodes learn too. */
    public Beliefs beliefs() {
        Seen now = seen;
        if (now == null || System.nanoTime() - now.readAt() > FRESH_NANOS) {
            Beliefs known = now == null ? start() : now.beliefs();
            now = new Seen(lines.from(known, Long.MAX_VALUE), System.nanoTime());
            seen = now;
        }
        return now.beliefs();
    }

    /** What was believed at a version, folded from the first line. */
    public Beliefs at(long version) {
        Beliefs beliefs = none;
        while (beliefs.version() < version) {
            Beliefs next = lines.from(beliefs, Math.min(version, beliefs.version() + PAGE));
            if (next.version() == beliefs.version()) {
                break;
            }
            beliefs = next;
        }
        return beliefs;
    }

    private Beliefs start() {
        return transaction.execute(status -> snapshot.read(none));
    }

    /** Keeps a snapshot where many lines were added since the last one. */
    public void tidy() {
        Beliefs now = beliefs();
        if (now.version() - jdbc.sql("select snapshot from belief_head where id = 1").query(Long.class).single()
                >= SNAPSHOT_EVERY) {
            transaction.executeWithoutResult(status -> snapshot.write(now));
        }
    }

    /**
     * Takes a judgement in: the first one of an answer is added, the same again changes nothing, another replaces the
     * former; a guess never replaces what was said. To be called last in a transaction, which keeps others waiting.
     *
     * @throws org.springframework.dao.DuplicateKeyException if another transaction judges the same answer for the first
     *                                                       time: try again
     */
    public void judge(Judgement judgement) {
        Optional<Former> former = former(judgement.requestId());
        if (former.isEmpty()) {
            add(judgement);
        } else if (judgement.said() || !former.get().said()) {
            replace(former.get(), judgement);
        }
        seen = seen == null ? null : new Seen(seen.beliefs(), System.nanoTime() - FRESH_NANOS - 1);
    }

    private void add(Judgement judgement) {
        // Before the lock that everybody needs: who comes second waits here.
        jdbc.sql("insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)")
                .params(judgement.requestId(), judgement.model(), judgement.context().category(),
                        judgement.context().length(), judgement.signal(), judgement.reward(), judgement.weight(),
                        judgement.said(), clock.instant().atOffset(ZoneOffset.UTC)).update();
        long version = lines.next();
        long place = before(version).place(judgement.context());
        jdbc.sql("update observations set version = ?, place = ? where request_id = ?")
                .params(version, place, judgement.requestId()).update();
        lines.judged(version, judgement, clock.instant());
    }

    private void replace(Former former, Judgement judgement) {
        jdbc.sql("update observations set signal = ?, reward = ?, weight = ?, said = ? where request_id = ?")
                .params(judgement.signal(), judgement.reward(), judgement.weight(), judgement.said(),
                        judgement.requestId()).update();
        if (former.judged().reward() != judgement.reward() || former.judged().weight() != judgement.weight()) {
            lines.replaced(new Entry.Replaced(lines.next(), former.judged(), former.place(), judgement.reward(),
                    judgement.weight()), judgement, clock.instant());
        }
    }

    private Beliefs before(long version) {
        Seen now = seen;
        return lines.from(now != null && now.beliefs().version() < version ? now.beliefs() : start(), version - 1);
    }

    private Optional<Former> former(String requestId) {
        return jdbc.sql("select * from observations where request_id = ? for update").param(requestId)
                .query((row, i) -> new Former(new Entry.Judged(row.getLong("version"),
                        new Context(row.getString("category"), row.getString("length_bucket")),
                        row.getString("model"), row.getDouble("reward"), row.getDouble("weight")),
                        row.getLong("place"), row.getBoolean("said"))).optional();
    }
}
