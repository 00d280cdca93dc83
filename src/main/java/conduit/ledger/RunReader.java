package conduit.ledger;

import conduit.json.Json;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads runs back from disk, as far as ending them needs: the prompt may not be kept and is empty here. */
public final class RunReader {

    private static final String OPEN = "select q.*, d.model, r.amount, r.booked_on from requests q join routing_decisions d "
            + "on d.request_id = q.id and d.run = q.run join reservations r on r.request_id = q.id and r.run = q.run ";

    private final JdbcClient jdbc;
    private final Requests requests;
    private final Attempts attempts;
    private final Function<String, Project> projects;
    private final Catalogue catalogue;
    private final Clock clock;

    public RunReader(JdbcClient jdbc, Requests requests, Function<String, Project> projects, Catalogue catalogue,
                     Clock clock) {
        this.jdbc = jdbc;
        this.requests = requests;
        this.attempts = new Attempts(jdbc);
        this.projects = projects;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** A run that is not ended; {@code mine} is whether this node accepted it, {@code isAccepted} that it is not unknown. */
    record Open(Run run, boolean mine, boolean isAccepted) {
    }

    /** The accepted runs of this node and of those that are gone, the oldest first. */
    List<Open> open() {
        return jdbc.sql(OPEN + "where q.state = 'accepted' and (q.node = ? or not exists (select 1 from nodes n "
                + "where n.id = q.node and " + Nodes.ALIVE + ")) order by q.created_at")
                .param(requests.node()).query(this::open).list();
    }

    /** The run of a request that is accepted or unknown. */
    Optional<Open> unended(String id) {
        return jdbc.sql(OPEN + "where q.state in ('accepted', 'unknown') and q.id = ?").param(id).query(this::open)
                .optional();
    }

    private Open open(ResultSet row, int index) throws SQLException {
        return new Open(run(row, index), row.getString("node").equals(requests.node()),
                row.getString("state").equals(RequestState.ACCEPTED.text()));
    }

    /** The unknown run of a request, or nothing if it is not unknown. */
    public Optional<Run> unknown(String id) {
        return jdbc.sql(OPEN + "where q.state = 'unknown' and q.id = ?").param(id).query(this::run).optional();
    }

    private Run run(ResultSet row, int index) throws SQLException {
        @SuppressWarnings("unchecked")
        Map<String, Object> metadata = Json.as(Json.tree(row.getString("metadata")), Map.class);
        LlmRequest request = new LlmRequest(row.getString("id"), row.getString("project_id"), "", "",
                new Agent(row.getString("agent_id"), row.getString("agent_type")), row.getString("session_id"),
                row.getString("user_id"), row.getString("category"), List.of(), null, null, Constraints.NONE,
                metadata, Inlet.valueOf(row.getString("inlet").toUpperCase(Locale.ROOT)));
        Decision decision = requests.decision(request.id(), row.getInt("run")).orElseThrow();
        Model model = catalogue.find(decision.model()).orElseGet(() -> gone(decision.model()));
        Estimate held = new Estimate(decision.tokenCount(), 0, row.getBigDecimal("amount"),
                row.getBigDecimal("amount"));
        Run first = new Run(new Routed(request, projects.apply(request.project()), model, decision, held, List.of(),
                row.getTimestamp("created_at").toInstant().atZone(clock.getZone())), row.getInt("run"),
                row.getDate("booked_on").toLocalDate());
        return atLast(first, attempts.kept(request.id(), first.number()));
    }

    /** The run at the attempt that it made last, or was about to make. */
    private Run atLast(Run run, List<Attempts.Kept> kept) {
        if (kept.isEmpty()) {
            return run;
        }
        Attempts.Kept last = kept.get(kept.size() - 1);
        Model model = catalogue.find(last.nextModel()).orElseGet(() -> gone(last.nextModel()));
        return new Run(run.routed().on(model, new Estimate(run.decision().tokenCount(), 0, last.nextWorst(), last.nextWorst())),
                run.number(), run.day(), kept.stream().map(Attempts.Kept::tried).toList(), run.setAside());
    }

    /** A model that was taken from the catalogue since: its runs must still be ended. What they cost is told or held. */
    private Model gone(String id) {
        return new Model(id, catalogue.baseline().prices(), 1, false, 1, 1, null);
    }
}
