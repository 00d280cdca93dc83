package conduit.ledger;

import com.zaxxer.hikari.HikariDataSource;
import conduit.Some;
import conduit.claude.Billed;
import conduit.claude.Failure;
import conduit.claude.Outcome;
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
import org.springframework.transaction.support.TransactionTemplate;

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
    public final ModelStates states;
    public final ProjectStore projects;

    public Stores(HikariDataSource source) {
        this(source, new JdbcTransactionManager(source));
    }

    public Stores(HikariDataSource source, JdbcTransactionManager transactions) {
        jdbc = JdbcClient.create(source);
        transaction = new TransactionTemplate(transactions);
        requests = new Requests(jdbc, "node");
        spending = new Spending(jdbc);
        ledger = new Ledger(jdbc, requests, spending, transaction, CLOCK);
        states = new ModelStates(jdbc, Some.CATALOGUE, CLOCK);
        projects = new ProjectStore(jdbc, transaction, CLOCK);
        states.prepare();
    }

    /** A decided request of a project that allows anything. */
    public static Routed routed(String id, String project, String worstUsd, ZonedDateTime at) {
        LlmRequest request = Some.request("{'id':'" + id + "','project':'" + project
                + "','prompt':'x','agent':{'id':'bot'},'session':'s'}");
        Project free = new conduit.project.ProjectParser(Some.CATALOGUE).parse(project,
                "{\"defaultModel\":\"claude-haiku-5-5\"}");
        Model model = Some.CATALOGUE.find("claude-haiku-5-5").orElseThrow();
        Decision decision = new Decision(model.id(), Source.DEFAULT, "why", List.of("a rule"), request.tokenCount(),
                "general", List.of(), "v1", 7L, 12, null);
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
                    .param("run", completion.run().number()).update();
            return true;
        }));
    }

    public BigDecimal sum(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(BigDecimal.class).single();
    }
}
