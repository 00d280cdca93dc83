package conduit.ledger;

import conduit.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers what was used and spent, by day, model, project, agent or source. */
public final class UsageReport {

    private static final Map<String, String> KEYS = Map.of("day", "booked_on", "model", "model", "project", "project_id",
            "agent", "nullif(agent_id, '')", "source", "routing_source");
    private static final List<String> SUMS = List.of("requests", "input_tokens", "output_tokens", "cache_read_tokens",
            "cache_write_tokens", "cost", "estimated_cost", "differing");
    private static final String SELECT = SUMS.stream().map(sum -> "coalesce(sum(" + sum + "), 0) as " + sum)
            .collect(Collectors.joining(", "));
    private static final String ASKED = "booked_on between :from and :to";

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

    /** Answers from the sums by day, so that it costs the same with any number of requests a day. */
    public Map<String, Object> answer(Question question) {
        List<String> groups = question.groupBy();
        String keys = IntStream.range(0, groups.size()).mapToObj(i -> KEYS.get(groups.get(i)) + " as key" + i + ", ")
                .collect(Collectors.joining());
        String numbers = IntStream.rangeClosed(1, groups.size()).mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", question.from());
        answer.put("to", question.to());
        answer.put("rows", asked("select " + keys + SELECT + " from usage_daily where " + ASKED, question,
                " group by " + numbers + " order by " + numbers).query((row, i) -> row(row, groups)).list());
        Map<String, Object> total = asked("select " + SELECT + " from usage_daily where " + ASKED, question, "")
                .query((row, i) -> row(row, List.of())).single();
        total.put("reservedUsd", asked("select coalesce(sum(amount), 0) from reservations where state in ('held', "
                + "'unknown') and " + ASKED, question, "").query(BigDecimal.class).single());
        answer.put("total", total);
        return answer;
    }

    private JdbcClient.StatementSpec asked(String sql, Question question, String end) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql + (question.project() == null ? "" : " and project_id = :project")
                + end).param("from", question.from()).param("to", question.to());
        return question.project() == null ? statement : statement.param("project", question.project());
    }

    private static Map<String, Object> row(ResultSet row, List<String> groups) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            map.put(groups.get(i), row.getString("key" + i));
        }
        map.put("requests", row.getLong("requests"));
        map.put("inputTokens", row.getLong("input_tokens"));
        map.put("outputTokens", row.getLong("output_tokens"));
        map.put("cacheReadTokens", row.getLong("cache_read_tokens"));
        map.put("cacheWriteTokens", row.getLong("cache_write_tokens"));
        map.put("costUsd", row.getBigDecimal("cost"));
        map.put("estimatedUsd", row.getBigDecimal("estimated_cost"));
        map.put("differing", row.getLong("differing"));
        return map;
    }
}
