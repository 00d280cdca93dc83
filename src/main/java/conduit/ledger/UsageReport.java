package conduit.ledger;

import conduit.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers what was used and spent, by day, model, project, agent or source. */
public final class UsageReport {

    private static final Map<String, String> KEYS = new LinkedHashMap<>(Map.of("day", "booked_on", "model", "model",
            "project", "project_id", "agent", "agent_id", "source", "routing_source"));
    private static final String SUMS = "count(distinct request_id || '~' || run) as requests, "
            + "coalesce(sum(input_tokens), 0) as input_tokens, coalesce(sum(output_tokens), 0) as output_tokens, "
            + "coalesce(sum(cache_read_tokens), 0) as cache_read_tokens, "
            + "coalesce(sum(cache_write_tokens), 0) as cache_write_tokens, coalesce(sum(cost), 0) as cost";

    private final JdbcClient jdbc;

    public UsageReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is asked.
     *
     * @param project one project, or null for all
     * @param from    the first calendar day
     * @param to      the last calendar day, included
     * @param groupBy any of day, model, project, agent, source
     */
    public record Question(String project, LocalDate from, LocalDate to, List<String> groupBy) {

        public Question {
            for (String key : groupBy) {
                if (!KEYS.containsKey(key)) {
                    throw Problem.field("groupBy", "groupBy is \"" + key + "\"; it must be one or more of day, model, "
                            + "project, agent, source, with commas between.").asException();
                }
            }
            if (from.isAfter(to)) {
                throw Problem.field("from", "from (" + from + ") is after to (" + to + ").").asException();
            }
        }

        /** Reads the parts of {@code groupBy=day,model}; null groups by day. */
        public static List<String> groups(String text) {
            return text == null ? List.of("day")
                    : Arrays.stream(text.split(",")).map(String::strip).distinct().toList();
        }
    }

    public Map<String, Object> answer(Question question) {
        String keys = question.groupBy().stream().map(KEYS::get).collect(Collectors.joining(", "));
        String where = " from usage_tracking where booked_on between ? and ?"
                + (question.project() == null ? "" : " and project_id = ?");
        List<Object> params = new ArrayList<>(List.of(question.from(), question.to()));
        if (question.project() != null) {
            params.add(question.project());
        }
        List<Map<String, Object>> rows = jdbc.sql("select " + keys + ", " + SUMS + where + " group by " + keys
                + " order by " + keys).params(params).query((row, i) -> row(row, question.groupBy())).list();
        Map<String, Object> total = jdbc.sql("select " + SUMS + where).params(params)
                .query((row, i) -> row(row, List.of())).single();
        total.put("reservedUsd", reserved(question, params));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", question.from());
        answer.put("to", question.to());
        answer.put("rows", rows);
        answer.put("total", total);
        return answer;
    }

    private BigDecimal reserved(Question question, List<Object> params) {
        return jdbc.sql("select coalesce(sum(amount), 0) from reservations where state in ('held', 'unknown') "
                + "and booked_on between ? and ?" + (question.project() == null ? "" : " and project_id = ?"))
                .params(params).query(BigDecimal.class).single();
    }

    private static Map<String, Object> row(ResultSet row, List<String> keys) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, row.getString(KEYS.get(key)));
        }
        map.put("requests", row.getLong("requests"));
        map.put("inputTokens", row.getLong("input_tokens"));
        map.put("outputTokens", row.getLong("output_tokens"));
        map.put("cacheReadTokens", row.getLong("cache_read_tokens"));
        map.put("cacheWriteTokens", row.getLong("cache_write_tokens"));
        map.put("costUsd", row.getBigDecimal("cost"));
        return map;
    }
}
