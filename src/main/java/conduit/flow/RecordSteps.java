package conduit.flow;

import conduit.claude.Outcome;
import conduit.feedback.Lessons;
import conduit.claude.Spool;
import conduit.json.Json;
import conduit.ledger.Completion;
import conduit.ledger.Desk;
import conduit.ledger.Ledger;
import conduit.ledger.Run;
import conduit.ledger.UsageRow;
import conduit.ledger.UsageTable;
import conduit.model.Tokens;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that end a run, each of which the route 40-record-usage names. */
public final class RecordSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSteps.class);
    private static final String PARAMETERS = "CamelJdbcParameters";

    private final Ledger ledger;
    private final Lessons lessons;
    private final Desk desk;
    private final Spool spool;
    private final Metrics metrics;

    public RecordSteps(Ledger ledger, Lessons lessons, Desk desk, Spool spool, Metrics metrics) {
        this.ledger = ledger;
        this.lessons = lessons;
        this.desk = desk;
        this.spool = spool;
        this.metrics = metrics;
    }

    /** Frees the reservation and ends the request; false if that was done before. */
    public boolean settle(Exchange exchange) {
        Completion completion = exchange.getMessage().getBody(Completion.class);
        boolean booked = ledger.settle(completion);
        exchange.setProperty(Carried.BOOKED, booked);
        return booked;
    }

    /** The parameters of each usage row. */
    public List<Map<String, Object>> rows(Completion completion) {
        return UsageTable.rows(completion);
    }

    /** Makes the body the statement that writes the row in the body. */
    public void insert(Exchange exchange) {
        exchange.getMessage().setHeader(PARAMETERS, exchange.getMessage().getBody(Map.class));
        exchange.getMessage().setBody(UsageTable.INSERT);
    }

    /** Makes the body the statement that promises the run's rows to the exports. */
    public void queue(Exchange exchange) {
        Run run = exchange.getMessage().getBody(Completion.class).run();
        exchange.getMessage().setHeader(PARAMETERS, Map.of("request_id", run.request().id(), "run", run.number(),
                "booked_on", run.day()));
        exchange.getMessage().setBody(UsageTable.QUEUE);
    }

    /**
     * Lets go of a run that can't be booked for so long that this is given up. While the desk holds it, the sweep leaves it
     * alone, and its reservation would be held until the next start.
     */
    public void giveUp(Exchange exchange) {
        Completion completion = exchange.getProperty(Carried.COMPLETION, Completion.class);
        if (completion != null) {
            desk.leave(completion.run().request());
        }
    }

    /** Lets the bandit learn from a run's end. A bill is never held up by that: what fails here is logged and lost. */
    public void learn(Exchange exchange) {
        if (Boolean.TRUE.equals(exchange.getProperty(Carried.BOOKED))) {
            Completion completion = exchange.getMessage().getBody(Completion.class);
            try {
                lessons.learn(completion);
            } catch (RuntimeException e) {
                LOG.warn("The bandit learnt nothing from request {}", completion.run().request().id(), e);
            }
        }
    }

    /**
     * Lets go of the request; makes the body what the topic tells, or nothing. Several can find a run ended, at a start the
     * sweep and the tidying, and an operator besides: who booked it tells of it, and counts it.
     */
    public void recorded(Exchange exchange) {
        Completion completion = exchange.getMessage().getBody(Completion.class);
        Run run = completion.run();
        desk.leave(run.request());
        run.keys().forEach(spool::remove);
        exchange.getMessage().removeHeaders("*");
        if (!Boolean.TRUE.equals(exchange.getProperty(Carried.BOOKED))) {
            exchange.getMessage().setBody(null);
            return;
        }
        metrics.recorded(completion);
        if (completion.outcome() instanceof Outcome.Failed failed) {
            LOG.warn("Request {} failed on {}: {}, cost {} USD", run.request().id(), run.model().id(),
                    told(failed), completion.costUsd().toPlainString());
        }
        if (completion.isOverrun()) {
            LOG.error("Request {} cost {} USD on {}, more than the {} USD that were set aside as its worst case; all of "
                    + "it is booked, and a limit may be passed by the difference. Check the model's prices in the "
                    + "catalogue and the CLI's version", run.request().id(), completion.costUsd().toPlainString(),
                    run.model().id(), run.setAside().toPlainString());
        }
        boolean tells = completion.isAnswered() && run.routed().project().features().usageAnalytics();
        exchange.getMessage().setBody(tells ? event(completion) : null);
    }

    static String told(Outcome.Failed failed) {
        return failed.failure().text() + (failed.detail().isEmpty() ? "" : " (" + failed.detail() + ")");
    }

    private static String event(Completion completion) {
        Run run = completion.run();
        Tokens tokens = completion.usage().stream().map(UsageRow::tokens).reduce(Tokens.NONE, Tokens::plus);
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("model", run.decision().model());
        decision.put("source", run.decision().source());
        decision.put("tokenCount", run.decision().tokenCount());
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("inputTokens", tokens.input());
        usage.put("outputTokens", tokens.output());
        usage.put("cost", completion.costUsd());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("requestId", run.request().id());
        data.put("projectId", run.request().project());
        data.put("routingDecision", decision);
        data.put("usage", usage);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "conduit_metadata");
        event.put("data", data);
        return Json.write(event);
    }
}
