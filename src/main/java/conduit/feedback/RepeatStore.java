package conduit.feedback;

import conduit.bandit.Context;
import conduit.feedback.Asked.User;
import conduit.learning.BeliefLog;
import conduit.learning.Judgement;
import conduit.ledger.Attempts;
import conduit.ledger.Requests;
import conduit.routing.Decision;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is kept of repeated questions: each once, with the weight that it was counted with. */
public final class RepeatStore {

    private static final String SIGNAL = "repeated";
    private static final int PAGE = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Requests requests;
    private final Attempts attempts;
    private final BeliefLog log;
    private final Clock clock;

    public RepeatStore(JdbcClient jdbc, TransactionTemplate transaction, Requests requests, BeliefLog log, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requests = requests;
        this.attempts = new Attempts(jdbc);
        this.log = log;
        this.clock = clock;
    }

    /** Until when requests were looked over. */
    Instant scannedTo() {
        return jdbc.sql("select scanned_to from repeat_scan where id = 1")
                .query((row, i) -> row.getTimestamp(1).toInstant()).single();
    }

    void scannedTo(Instant moment) {
        jdbc.sql("update repeat_scan set scanned_to = ? where id = 1").param(time(moment)).update();
    }

    /** Hands over the requests that can be compared, page by page, in the order of time. */
    void read(Instant from, Instant to, Consumer<List<Asked>> reader) {
        Instant after = from;
        String id = "";
        List<Asked> page;
        do {
            page = jdbc.sql("select id, run, project_id, user_id, similarity, state, created_at, updated_at from requests "
                            + "where created_at >= :after and (created_at > :after or id > :id) and created_at <= :to "
                            + "and similarity is not null order by created_at, id limit " + PAGE)
                    .param("after", time(after)).param("id", id).param("to", time(to)).query(RepeatStore::asked).list();
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).at();
                id = page.get(page.size() - 1).id();
                reader.accept(page);
            }
        } while (page.size() == PAGE);
    }

    private static Asked asked(ResultSet row, int index) throws SQLException {
        return new Asked(row.getString("id"), row.getInt("run"),
                new User(row.getString("project_id"), row.getString("user_id")), row.getLong("similarity"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("state").equals("completed") ? row.getTimestamp("updated_at").toInstant() : null);
    }

    /** Those of these requests that were counted. */
    Set<String> counted(Collection<String> ids) {
        return new HashSet<>(jdbc.sql("select request_id from implicit_feedback where signal = :signal and request_id in (:ids)")
                .param("signal", SIGNAL).param("ids", ids).query(String.class).list());
    }

    /** How many were counted since a moment, of each user. */
    Map<User, Integer> countedSince(Instant moment) {
        Map<User, Integer> counts = new HashMap<>();
        jdbc.sql("select r.project_id, r.user_id, count(*) as many from implicit_feedback i join requests r "
                        + "on r.id = i.request_id where i.created_at >= ? and i.signal = ? and r.user_id is not null "
                        + "group by r.project_id, r.user_id").params(time(moment), SIGNAL)
                .query(row -> {
                    counts.put(new User(row.getString("project_id"), row.getString("user_id")), row.getInt("many"));
                });
        return counts;
    }

    /** What was said of answers. That one was generated again is the same that is guessed here, and no proof of it. */
    RepeatWeight.Said said() {
        double all = jdbc.sql("select coalesce(avg(reward), 0) from feedback where signal <> 'regenerated'")
                .query(Double.class).single();
        return jdbc.sql("select count(*), coalesce(avg(f.reward), 0) from implicit_feedback i join feedback f "
                        + "on f.request_id = i.request_id where i.signal = ? and f.signal <> 'regenerated'").param(SIGNAL)
                .query((row, i) -> new RepeatWeight.Said(row.getLong(1), row.getDouble(2), all)).single();
    }

    /** Counts a repeat against the model of the earlier answer, once. */
    void count(Asked earlier, double weight) {
        try {
            transaction.executeWithoutResult(status -> apply(earlier, weight));
        } catch (DuplicateKeyException e) {
            // Somebody judged the answer at the same moment.
            transaction.executeWithoutResult(status -> apply(earlier, weight));
        }
    }

    private void apply(Asked earlier, double weight) {
        Decision decision = requests.decision(earlier.id(), earlier.run()).orElseThrow();
        String model = attempts.answeredBy(earlier.id(), earlier.run()).orElse(decision.model());
        int added = jdbc.sql("insert into implicit_feedback (request_id, signal, model, reward, weight, created_at) "
                        + "values (?, ?, ?, 0, ?, ?) on conflict do nothing")
                .params(earlier.id(), SIGNAL, model, weight, time(clock.instant())).update();
        if (added == 1 && weight > 0) {
            log.judge(new Judgement(earlier.id(), earlier.run(), model,
                    Context.of(decision.category(), decision.tokenCount()), SIGNAL, 0, weight, false));
        }
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
