package conduit.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.bandit.Tuning;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.model.Model;
import conduit.model.Tokens;
import conduit.project.Project;
import conduit.project.ProjectStore;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import conduit.routing.Source;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import javax.sql.DataSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** The stores on one database, and the runs that tests put into them. */
public final class Stores {

    public static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOON.toInstant(), NOON.getZone());

    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;
    public final Requests requests;
    public final Spending spending;
    public final Ledger ledger;
    public final BeliefLog beliefs;
    public final ExperienceStore experiences;
    public final ProjectStore projects;

    private final DataSource source;

    public Stores(DataSource source) {
        this(source, "node", new JdbcTransactionManager(source));
    }

    /** @param transactions as something closes or counts them */
    public Stores(DataSource source, JdbcTransactionManager transactions) {
        this(source, "node", transactions);
    }

    private Stores(DataSource source, String node, JdbcTransactionManager transactions) {
        this.source = source;
        jdbc = JdbcClient.create(source);
        transaction = new TransactionTemplate(transactions);
        requests = new Requests(jdbc, node);
        spending = new Spending(jdbc);
        ledger = new Ledger(jdbc, requests, spending, transaction, CLOCK);
        beliefs = new BeliefLog(jdbc, transaction, Some.CATALOGUE, Tuning.DEFAULT, CLOCK);
        experiences = new ExperienceStore(jdbc);
        projects = new ProjectStore(jdbc, transaction, CLOCK);
        // Else the sweep of another test's node would take its runs for those of one that is gone.
        new Nodes(jdbc, node).beat();
    }

    /** The same as a node of another name. */
    Stores node(String name) {
        return new Stores(source, name, new JdbcTransactionManager(source));
    }

    /** The same with connections of its own, which wait for a lock for a tenth of a second. */
    Stores impatient(String node) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool().getJdbcUrl());
        config.setUsername(pool().getUsername());
        config.setPassword(pool().getPassword());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql(pool().getJdbcUrl().startsWith("jdbc:h2:") ? "set lock_timeout 100"
                : "set lock_timeout = 100");
        HikariDataSource pool = new HikariDataSource(config);
        return new Stores(pool, node, new JdbcTransactionManager(pool));
    }

    private HikariDataSource pool() {
        return (HikariDataSource) source;
    }

    void close() {
        pool().close();
    }

    /** The same, and a transaction within a transaction can be rolled back alone. */
    Stores nested(String node) {
        Stores nested = node(node);
        nested.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return nested;
    }

    /** A decided request of a project that allows anything. */
    public static Routed routed(String id, String project, String worstUsd, ZonedDateTime at) {
        return routed(id, project, worstUsd, at, "bot");
    }

    /** The same of another agent, or of none. */
    static Routed routed(String id, String project, String worstUsd, ZonedDateTime at, String agent) {
        LlmRequest request = Some.request("{'id':'" + id + "','project':'" + project + "','prompt':'x','session':'s'"
                + (agent == null ? "" : ",'agent':{'id':'" + agent + "'}") + "}");
        Project free = new conduit.project.ProjectParser(Some.CATALOGUE).parse(project,
                "{\"defaultModel\":\"claude-haiku-5-5\"}");
        Model model = Some.CATALOGUE.find("claude-haiku-5-5").orElseThrow();
        Decision decision = new Decision(model.id(), Source.DEFAULT, "why", List.of("a rule"), request.tokenCount(),
                "general", List.of(), "v1", null, 7L, 12, null);
        BigDecimal worst = new BigDecimal(worstUsd);
        return new Routed(request, free, model, decision, new Estimate(1, 10, worst, worst), List.of(), at);
    }

    public Run accept(Routed routed) {
        return ledger.accept(routed, (asked, sums) -> asked);
    }

    /** A run that answered and cost what these output tokens cost. */
    public static Completion answered(Run run, long output) {
        return new Accountant(Some.CATALOGUE).complete(run, new Outcome.Answered("text", List.of(new Billed(
                run.model().id(), new Tokens(10, output, 3, 2, 1), BigDecimal.ZERO)), 42, "session"));
    }

    public static Completion failed(Run run, boolean costKnown) {
        return new Accountant(Some.CATALOGUE).complete(run, new Outcome.Failed(Failure.OVERLOADED, "said", List.of(), 1,
                costKnown));
    }

    /** The run at its next attempt, at another model, behind one that was cut off and cost what these tokens cost. */
    public Run further(Run run, long output, String model, String worstUsd) {
        Tried over = new Accountant(Some.CATALOGUE).tried(run, new Outcome.Failed(Failure.CUT_OFF, "said", output == 0
                ? List.of() : List.of(new Billed(run.model().id(), Tokens.of(10, output), BigDecimal.ZERO)), 7, true));
        BigDecimal worst = new BigDecimal(worstUsd);
        return ledger.next(run, over, run.routed().on(Some.CATALOGUE.find(model).orElseThrow(),
                new Estimate(1, 10, worst, worst)), (project, sums, more) -> true).orElseThrow();
    }

    /** Settles as the route does: reservation and usage rows in one transaction. */
    public boolean settle(Completion completion) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!ledger.settle(completion)) {
                return false;
            }
            for (Map<String, Object> row : UsageTable.rows(completion)) {
                jdbc.sql(UsageTable.INSERT.replace(":?", ":")).params(row).update();
            }
            jdbc.sql(UsageTable.QUEUE.replace(":?", ":")).param("request_id", completion.run().request().id())
                    .param("run", completion.run().number()).param("booked_on", completion.run().day()).update();
            return true;
        }));
    }

    public BigDecimal sum(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(BigDecimal.class).single();
    }
}
