package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads what was asked, decided and billed, in the order of time. It reads page by page, so that it holds neither a
 * lock nor a transaction, and needs no more memory for many requests than for few.
 */
public final class Records {

    private static final int PAGE = 500;
    /** Texts can have megabytes each; so many bytes of them are held at a time, or one request's. */
    private static final long MOST_TEXT = 4 << 20;
    private static final String PAGED = "select q.*, d.model as decided_model, d.source, d.reason, d.token_count, "
            + "u.model as billed_model, u.input_tokens, u.output_tokens, u.cache_read_tokens, u.cache_write_tokens, "
            + "u.cache_write_1h_tokens, u.cost from (select id, run, project_id, state, inlet, agent_id, agent_type, "
            + "session_id, user_id, category, flags, pinned_model, constraints, max_output_tokens, input_bytes, "
            + "metadata, created_at, prompt is not null as has_texts from requests where created_at >= :after "
            + "and (created_at > :after or id > :id) and created_at < :to%s order by created_at, id limit " + PAGE
            + ") q left join routing_decisions d on d.request_id = q.id and d.run = q.run "
            + "left join usage_tracking u on u.request_id = q.id and u.run = q.run "
            + "and u.booked_on between :first and :last "
            + "order by q.created_at, q.id, u.part";

    private final JdbcClient jdbc;

    public Records(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What to read.
     *
     * @param from    the first moment
     * @param to      the first moment that is no more meant, not before {@code from}
     * @param project one project, or null for all
     */
    public record Range(Instant from, Instant to, String project) {

        public Range {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("to (" + to + ") is before from (" + from + ")");
            }
        }
    }

    /** How many requests there are. */
    public long count(Range range) {
        var sql = jdbc.sql("select count(*) from requests where created_at >= :from and created_at < :to"
                + (range.project() == null ? "" : " and project_id = :project"))
                .param("from", Requests.time(range.from())).param("to", Requests.time(range.to()));
        return (range.project() == null ? sql : sql.param("project", range.project())).query(Long.class).single();
    }

    /** Hands every request to {@code reader}, the oldest first, of a moment's in the order of their ids. */
    public void read(Range range, Consumer<Recorded> reader) {
        Instant after = range.from();
        String id = "";
        List<Recorded> page;
        do {
            page = page(range, after, id);
            if (!page.isEmpty()) {
                Recorded last = page.get(page.size() - 1);
                after = last.at();
                id = last.request().id();
                hand(page, reader);
            }
        } while (page.size() == PAGE);
    }

    /** The day in UTC; a row is booked on that of another zone, which is the same or next to it. */
    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private List<Recorded> page(Range range, Instant after, String id) {
        var sql = jdbc.sql(PAGED.formatted(range.project() == null ? "" : " and project_id = :project"))
                .param("after", Requests.time(after)).param("id", id).param("to", Requests.time(range.to()))
                .param("first", day(after).minusDays(1)).param("last", day(range.to()).plusDays(1));
        List<RecordRow> rows = new ArrayList<>();
        (range.project() == null ? sql : sql.param("project", range.project())).query(row -> {
            if (rows.isEmpty() || !rows.get(rows.size() - 1).isOf(row.getString("id"))) {
                rows.add(new RecordRow(row));
            }
            rows.get(rows.size() - 1).bill(row);
        });
        return rows.stream().map(RecordRow::recorded).toList();
    }

    private void hand(List<Recorded> page, Consumer<Recorded> reader) {
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < page.size(); i++) {
            bytes += page.get(i).hasTexts() ? page.get(i).inputBytes() : 0;
            if (bytes > MOST_TEXT || i == page.size() - 1) {
                withTexts(page.subList(start, i + 1)).forEach(reader);
                start = i + 1;
                bytes = 0;
            }
        }
    }

    private List<Recorded> withTexts(List<Recorded> some) {
        List<String> ids = some.stream().filter(Recorded::hasTexts).map(one -> one.request().id()).toList();
        if (ids.isEmpty()) {
            return some;
        }
        Map<String, String[]> texts = new HashMap<>();
        jdbc.sql("select id, prompt, system_text from requests where id in (:ids) and prompt is not null")
                .param("ids", ids).query(row -> {
                    String system = row.getString("system_text");
                    texts.put(row.getString("id"), new String[] {row.getString("prompt"), system == null ? "" : system});
                });
        return some.stream().map(one -> one.with(texts.get(one.request().id()))).toList();
    }

    /** What a project has spent on a day, and in its month, before a moment of that day; US dollars. */
    public Before spentBefore(String project, LocalDate day, Instant moment) {
        return jdbc.sql("select coalesce(sum(case when booked_on = :day then cost else 0 end), 0) as of_day, "
                        + "coalesce(sum(cost), 0) as of_month from usage_tracking where project_id = :project "
                        + "and booked_on between :first and :day and created_at < :moment")
                .param("day", day).param("first", day.withDayOfMonth(1)).param("project", project)
                .param("moment", Requests.time(moment))
                .query((row, i) -> new Before(row.getBigDecimal("of_day"), row.getBigDecimal("of_month"))).single();
    }

    /** What was spent before a moment, US dollars. */
    public record Before(BigDecimal ofDay, BigDecimal ofMonth) {
    }
}
