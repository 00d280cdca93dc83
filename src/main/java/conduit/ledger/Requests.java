package conduit.ledger;

import conduit.json.Json;
import conduit.problem.Problem;
import conduit.request.Constraints;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The rows of requests and decisions. */
public final class Requests {

    private final JdbcClient jdbc;
    private final String node;
    private final boolean comparable;

    /** @param node names this Conduit among several that share the database */
    public Requests(JdbcClient jdbc, String node) {
        this(jdbc, node, true);
    }

    /** @param comparable whether a hash of the prompt is kept, by which a user's own requests are compared */
    public Requests(JdbcClient jdbc, String node, boolean comparable) {
        this.jdbc = jdbc;
        this.node = node;
        this.comparable = comparable;
    }

    /**
     * What is stored of a request.
     *
     * @param answer  the answer's JSON, once it is completed
     * @param problem the problem's JSON, if it failed
     * @param cost    what the last run cost, US dollars; null while that is not known, or where nothing ran
     */
    public record Stored(String id, int run, String project, RequestState state, String fingerprint, String answer,
                         String problem, BigDecimal cost, Instant createdAt) {

        /** Whether its last run failed and is known not to have spent. */
        boolean mayRunAgain() {
            return state == RequestState.FAILED && (cost == null || cost.signum() == 0);
        }

        /** What is told again of a run that failed and was paid for. */
        Problem paidProblem() {
            Problem first = Problem.read(Json.as(Json.tree(problem), Map.class));
            String detail = first.detail().endsWith(Ledger.ELSEWHERE) ? first.detail() : first.detail() + " " + Ledger.ELSEWHERE;
            return new Problem(first.kind(), detail, first.more()).without("retryAfterSeconds");
        }
    }

    public Optional<Stored> find(String id) {
        return jdbc.sql("select * from requests where id = ?").param(id).query(Requests::stored).optional();
    }

    /** The name of this Conduit. */
    String node() {
        return node;
    }

    private static Stored stored(ResultSet row, int index) throws SQLException {
        return new Stored(row.getString("id"), row.getInt("run"), row.getString("project_id"),
                RequestState.of(row.getString("state")), row.getString("fingerprint"), row.getString("answer"),
                row.getString("problem"), row.getBigDecimal("cost"), row.getTimestamp("created_at").toInstant());
    }

    /** The decision of a run as it was told, or nothing if there was none. */
    public Optional<Decision> decision(String id, int run) {
        return jdbc.sql("select * from routing_decisions where request_id = ? and run = ?").params(id, run)
                .query(DecisionRow::read).optional();
    }

    /** Stores a request's next run in the given state; returns the run's number. Most ids are new, so that comes first. */
    int next(LlmRequest request, RequestState state, boolean keepPrompt, Problem problem, Instant at) {
        if (insert(request, state, keepPrompt, problem, at) == 1) {
            return 1;
        }
        int updated = asked(jdbc.sql("update requests set run = run + 1, state = :state, problem = :problem, "
                        + "answer = null, cost = null, node = :node, created_at = :at, updated_at = :at, system_text = :system, "
                        + "prompt = :prompt, flags = :flags, pinned_model = :pinned, constraints = :constraints, "
                        + "max_output_tokens = :max_output, input_bytes = :bytes, similarity = :similarity "
                        + "where id = :id and fingerprint = :fingerprint and state = 'failed' and coalesce(cost, 0) = 0"), request, keepPrompt)
                .param("state", state.text()).param("problem", problem == null ? null : Json.write(problem.toMap()))
                .param("node", node).param("at", time(at)).update();
        if (updated == 0) {
            throw new DuplicateKeyException("The request " + request.id() + " is there and may not run again");
        }
        return jdbc.sql("select run from requests where id = ?").param(request.id()).query(Integer.class).single();
    }

    /** Returns 0 if the id is there. */
    private int insert(LlmRequest request, RequestState state, boolean keepPrompt, Problem problem, Instant at) {
        return asked(jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, agent_id, agent_type, "
                        + "session_id, user_id, category, system_text, prompt, flags, pinned_model, constraints, "
                        + "max_output_tokens, input_bytes, similarity, metadata, problem, node, created_at, updated_at) values "
                        + "(:id, 1, :project, :state, :inlet, :fingerprint, :agent_id, :agent_type, :session, :user, "
                        + ":category, :system, :prompt, :flags, :pinned, :constraints, :max_output, :bytes, :similarity, "
                        + ":metadata, :problem, :node, :at, :at) on conflict do nothing"), request, keepPrompt)
                .param("project", request.project()).param("state", state.text())
                .param("inlet", request.inlet().text()).param("agent_id", request.agent().id())
                .param("agent_type", request.agent().type()).param("session", request.session())
                .param("user", request.user()).param("category", request.category())
                .param("metadata", Json.write(request.metadata()))
                .param("problem", problem == null ? null : Json.write(problem.toMap())).param("node", node)
                .param("at", time(at)).update();
    }

    /** What both statements write, so that a run that is sent again leaves the same record as a first one. */
    private JdbcClient.StatementSpec asked(JdbcClient.StatementSpec sql, LlmRequest request, boolean keepPrompt) {
        return sql.param("id", request.id()).param("fingerprint", request.fingerprint())
                .param("system", keepPrompt ? request.system() : null)
                .param("prompt", keepPrompt ? request.prompt() : null)
                .param("flags", Json.write(request.flags())).param("pinned", request.model())
                .param("constraints", request.constraints().equals(Constraints.NONE) ? null
                        : Json.write(request.constraints()))
                .param("max_output", request.maxOutputTokens()).param("bytes", request.mostInputTokens(0))
                .param("similarity", comparable ? request.similarity() : null, Types.BIGINT);
    }

    void decided(Run run) {
        Decision decision = run.decision();
        jdbc.sql("insert into routing_decisions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(run.request().id(), run.number(), run.request().project(), decision.model(),
                        decision.source().text(), shortened(decision.reason()), decision.category(),
                        decision.tokenCount(), Json.write(decision.rules()), Json.write(decision.candidates()),
                        decision.rulesVersion(), decision.seed(), decision.routingMicros(),
                        Boolean.TRUE.equals(decision.simulated()), time(run.routed().at().toInstant()),
                        decision.sampling() == null ? null : Json.write(decision.sampling())).update();
    }

    /**
     * How a run ended.
     *
     * @param answer  the answer's JSON, or null
     * @param problem what the caller was told instead, or null
     * @param cost    US dollars, or null where it is not known
     */
    record Ending(RequestState state, String answer, Problem problem, BigDecimal cost) {
    }

    /** Ends a run. */
    void end(String id, int run, Ending ending, Instant at) {
        jdbc.sql("update requests set state = ?, answer = ?, problem = ?, cost = ?, updated_at = ? "
                + "where id = ? and run = ?").params(ending.state().text(), ending.answer(), ending.problem() == null
                ? null : Json.write(ending.problem().toMap()), ending.cost(), time(at), id, run).update();
    }

    static String shortened(String reason) {
        return reason.length() > 1000 ? reason.substring(0, 999) + "…" : reason;
    }

    static java.time.OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
