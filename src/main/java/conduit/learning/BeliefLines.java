package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The rows of belief_log. */
record BeliefLines(JdbcClient jdbc) {

    private static final int CHUNK = 5_000;

    /** These beliefs and the lines behind them, up to and with a version, or to the line before one that is missing. */
    Beliefs from(Beliefs known, long version) {
        Beliefs beliefs = known;
        while (beliefs.version() < version) {
            List<Entry> next = jdbc.sql("select * from belief_log where version > ? and version <= ? order by version limit ?")
                    .params(beliefs.version(), version, CHUNK).query(BeliefLines::entry).list();
            for (Entry entry : next) {
                if (entry.version() != beliefs.version() + 1) {
                    return beliefs;
                }
                beliefs = beliefs.after(entry);
            }
            if (next.isEmpty()) {
                return beliefs;
            }
        }
        return beliefs;
    }

    /** The last line's version; 0 before the first. */
    long head() {
        return jdbc.sql("select version from belief_head where id = 1").query(Long.class).single();
    }

    /** The same, and nobody else adds a line until this transaction ends. */
    long lockedHead() {
        return jdbc.sql("select version from belief_head where id = 1 for update").query(Long.class).single();
    }

    /** Takes the next version; others wait until this transaction ends. */
    long next() {
        jdbc.sql("update belief_head set version = version + 1 where id = 1").update();
        return head();
    }

    void judged(long version, Judgement judgement, Instant at) {
        jdbc.sql("insert into belief_log (version, kind, request_id, run, model, category, length_bucket, signal, "
                        + "reward, weight, created_at) values (?, 'judged', ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(version, judgement.requestId(), judgement.run(), judgement.model(),
                        judgement.context().category(),
                        judgement.context().length(), judgement.signal(), judgement.reward(), judgement.weight(),
                        at.atOffset(ZoneOffset.UTC)).update();
    }

    void replaced(Entry.Replaced line, Judgement judgement, Instant at) {
        jdbc.sql("insert into belief_log (version, kind, request_id, run, model, category, length_bucket, signal, "
                        + "reward, weight, former_version, former_reward, former_weight, former_place, created_at) values "
                        + "(?, 'replaced', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(line.version(), judgement.requestId(), judgement.run(), line.former().model(),
                        line.former().context().category(), line.former().context().length(), judgement.signal(),
                        line.reward(), line.weight(), line.former().version(), line.former().reward(),
                        line.former().weight(), line.place(), at.atOffset(ZoneOffset.UTC)).update();
    }

    void renewed(long version, String model, String former, Instant at) {
        jdbc.sql("insert into belief_log (version, kind, model, former_model, created_at) values (?, 'renewed', ?, ?, ?)")
                .params(version, model, former, at.atOffset(ZoneOffset.UTC)).update();
    }

    private static Entry entry(ResultSet row, int index) throws SQLException {
        long version = row.getLong("version");
        String model = row.getString("model");
        if (row.getString("kind").equals("renewed")) {
            return new Entry.NewVersion(version, model, row.getString("former_model"));
        }
        Context context = new Context(row.getString("category"), row.getString("length_bucket"));
        double reward = row.getDouble("reward");
        double weight = row.getDouble("weight");
        return row.getString("kind").equals("judged") ? new Entry.Judged(version, context, model, reward, weight)
                : new Entry.Replaced(version, new Entry.Judged(row.getLong("former_version"), context, model,
                        row.getDouble("former_reward"), row.getDouble("former_weight")), row.getLong("former_place"),
                        reward, weight);
    }
}
