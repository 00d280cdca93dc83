package conduit.learning;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Tuning;
import conduit.ledger.Stores;
import conduit.model.Catalogue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that learns, on a database that other tests share: its requests are its own, the log is everybody's. */
final class Learning {

    static final Context GENERAL = new Context("general", "short");
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Stores on;
    final BeliefLog log;

    Learning(Stores on) {
        this(on, Some.CATALOGUE, Tuning.DEFAULT);
    }

    Learning(Stores on, Catalogue catalogue, Tuning tuning) {
        this.on = on;
        this.log = new BeliefLog(on.jdbc, on.transaction, catalogue, tuning, Stores.CLOCK);
    }

    /** An id that no other test has. */
    static String id() {
        return "learning-" + COUNT.incrementAndGet();
    }

    static Judgement said(String id, String model, Context context, double reward) {
        return new Judgement(id, 1, model, context, "quality", reward, 1, true);
    }

    static Judgement guess(String id, double reward) {
        return new Judgement(id, 1, "m", GENERAL, "repeated", reward, 0.25, false);
    }

    void judge(Judgement judgement) {
        on.transaction.executeWithoutResult(status -> log.judge(judgement));
    }

    void judge(String id, double reward) {
        judge(said(id, "m", GENERAL, reward));
    }

    long version() {
        return on.jdbc.sql("select version from belief_head").query(Long.class).single();
    }

    List<String> kinds(String id) {
        return on.jdbc.sql("select kind from belief_log where request_id = ? order by version").param(id)
                .query(String.class).list();
    }

    /** What a new process believes. */
    Beliefs restarted() {
        return new Learning(on).log.beliefs();
    }
}
