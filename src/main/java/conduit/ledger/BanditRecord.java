package conduit.ledger;

import conduit.model.Tokens;
import conduit.routing.Decision;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the bandit chose and what came of it. It holds neither a lock nor a transaction. */
public final class BanditRecord {

    private static final int PAGE = 1_000;

    /** True of a decision {@code d} whose request another model answered, as the one that was chosen failed. */
    private static final String ELSEWHERE = "exists (select 1 from attempts a where a.request_id = d.request_id "
            + "and a.run = d.run and a.failure is null and a.model <> d.model)";

    private final JdbcClient jdbc;

    public BanditRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A choice whose answer somebody judged.
     *
     * @param reward  0 to 1
     * @param costUsd of its run, or null where that is not known
     */
    public record Judged(Decision decision, double reward, BigDecimal costUsd) {
    }

    /**
     * A call that the bandit chose a model for.
     *
     * @param model   the one that was asked
     * @param tokens  as they were billed, at whatever model
     * @param costUsd of all of them
     */
    public record Spent(String model, Tokens tokens, BigDecimal costUsd) {
    }

    private record Asked(String id, int run, Instant at, String model) {
    }

    /**
     * The newest judged choices of a range, at most so many. An answer of another model than the chosen one is none of
     * them: what it was chosen with says nothing of that one. Guesses of what somebody thinks are not among them, either.
     */
    public List<Judged> judged(Records.Range range, int most) {
        var sql = jdbc.sql("select d.*, case when q.run = o.run then q.cost end as run_cost, o.reward from observations o "
                + "join requests q on q.id = o.request_id "
                + "join routing_decisions d on d.request_id = o.request_id and d.run = o.run where o.said and d.source = 'bandit' "
                + "and not " + ELSEWHERE + " "
                + "and q.created_at >= :from and q.created_at < :to"
                + (range.project() == null ? "" : " and q.project_id = :project")
                + " order by q.created_at desc, q.id desc limit :most")
                .param("from", Requests.time(range.from())).param("to", Requests.time(range.to())).param("most", most);
        return (range.project() == null ? sql : sql.param("project", range.project())).query((row, i) ->
                new Judged(DecisionRow.read(row, i), row.getDouble("reward"), row.getBigDecimal("run_cost"))).list();
    }

    /**
     * The bandit's newest answered calls.
     *
     * @param most   how many
     * @param looked at how many requests, of the bandit or not, is looked at most
     */
    public List<Spent> latest(int most, int looked) {
        List<Spent> spent = new ArrayList<>();
        List<Asked> page = null;
        for (int seen = 0; seen < looked && spent.size() < most && (page == null || page.size() == PAGE); seen += PAGE) {
            Asked last = page == null ? null : page.get(page.size() - 1);
            page = page(last);
            spent.addAll(billed(page.stream().filter(asked -> asked.model() != null).toList()));
        }
        return spent.subList(0, Math.min(most, spent.size()));
    }

    private List<Asked> page(Asked last) {
        var sql = jdbc.sql(page(last != null));
        return (last == null ? sql : sql.param("before", Requests.time(last.at())).param("id", last.id()))
                .query((row, i) -> new Asked(row.getString("id"), row.getInt("run"), row.getTimestamp("created_at").toInstant(),
                        row.getString("model"))).list();
    }

    static String page(boolean further) {
        return "select q.id, q.run, q.created_at, d.model from (select id, run, state, created_at from requests "
                + (further ? "where created_at <= :before and (created_at < :before or id < :id) " : "")
                + "order by created_at desc, id desc limit " + PAGE + ") q left join routing_decisions d on d.request_id = q.id "
                + "and d.run = q.run and d.source = 'bandit' and q.state = 'completed' and not " + ELSEWHERE + " order by q.created_at desc, q.id desc";
    }

    private List<Spent> billed(List<Asked> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        Map<String, Spent> bills = new HashMap<>();
        Map<String, Asked> asked = new HashMap<>();
        page.forEach(one -> asked.put(one.id(), one));
        jdbc.sql("select request_id, run, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, "
                        + "cache_write_1h_tokens, cost from usage_tracking where request_id in (:ids) "
                        + "and booked_on between :first and :last")
                .param("ids", asked.keySet()).param("first", day(page.get(page.size() - 1).at()).minusDays(1))
                .param("last", day(page.get(0).at()).plusDays(1)).query(row -> {
                    Asked one = asked.get(row.getString("request_id"));
                    if (row.getInt("run") == one.run()) {
                        long hour = row.getLong("cache_write_1h_tokens");
                        bills.merge(one.id(), new Spent(one.model(), new Tokens(row.getLong("input_tokens"),
                                row.getLong("output_tokens"), row.getLong("cache_read_tokens"),
                                row.getLong("cache_write_tokens") - hour, hour), row.getBigDecimal("cost")),
                                (a, b) -> new Spent(a.model(), a.tokens().plus(b.tokens()), a.costUsd().add(b.costUsd())));
                    }
                });
        return page.stream().map(one -> bills.get(one.id())).filter(java.util.Objects::nonNull).toList();
    }

    /** The day in UTC; a row is booked on that of another zone, which is the same or next to it. */
    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
