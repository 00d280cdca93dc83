package conduit.ledger;

import conduit.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists requests by state, the newest first: above all the unknown ones, which wait for an operator. */
public record RequestListing(JdbcClient jdbc) {

    private static final String STATES = Arrays.stream(RequestState.values()).map(RequestState::text)
            .collect(Collectors.joining(", "));

    /**
     * What is asked.
     *
     * @param state   one state, or null for all
     * @param project one project, or null for all
     * @param limit   how many at most
     */
    public record Question(RequestState state, String project, int limit) {

        /** @throws conduit.problem.ProblemException if there is no such state */
        public static RequestState state(String text) {
            if (text == null || Arrays.stream(RequestState.values()).anyMatch(state -> state.text().equals(text))) {
                return text == null ? null : RequestState.of(text);
            }
            throw Problem.field("state", "state is \"" + text + "\"; it must be one of " + STATES + ".").asException();
        }
    }

    public List<Map<String, Object>> of(Question question) {
        List<Object> params = new ArrayList<>();
        StringBuilder where = new StringBuilder(" where 1 = 1");
        if (question.state() != null) {
            where.append(" and q.state = ?");
            params.add(question.state().text());
        }
        if (question.project() != null) {
            where.append(" and q.project_id = ?");
            params.add(question.project());
        }
        params.add(question.limit());
        return jdbc.sql("select q.id, q.project_id, q.state, q.run, q.inlet, d.model, q.cost, q.created_at, q.updated_at, "
                + "case when r.state in ('held', 'unknown') then r.amount else 0 end as reserved from requests q "
                + "left join routing_decisions d on d.request_id = q.id and d.run = q.run "
                + "left join reservations r on r.request_id = q.id and r.run = q.run" + where
                + " order by q.created_at desc, q.id limit ?").params(params).query(RequestListing::row).list();
    }

    /** How many wait for an operator. */
    public long unknown() {
        return jdbc.sql("select count(*) from requests where state = 'unknown'").query(Long.class).single();
    }

    private static Map<String, Object> row(ResultSet row, int index) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", row.getString("id"));
        map.put("project", row.getString("project_id"));
        map.put("state", row.getString("state"));
        map.put("run", row.getInt("run"));
        map.put("inlet", row.getString("inlet"));
        map.put("model", row.getString("model"));
        map.put("reservedUsd", row.getBigDecimal("reserved"));
        map.put("costUsd", row.getBigDecimal("cost"));
        map.put("createdAt", row.getTimestamp("created_at").toInstant());
        map.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return map;
    }
}
