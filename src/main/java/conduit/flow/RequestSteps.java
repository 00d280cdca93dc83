package conduit.flow;

import conduit.budget.Budget;
import conduit.ledger.Answer;
import conduit.ledger.Desk;
import conduit.ledger.Ledger;
import conduit.ledger.Run;
import conduit.request.LlmRequest;
import conduit.routing.Routed;
import conduit.routing.Router;
import org.apache.camel.Exchange;

import java.util.Optional;

/** The steps between an inlet and the CLI, each of which the route 20-route-request names. */
public final class RequestSteps {

    private final Desk desk;
    private final Router router;
    private final Ledger ledger;
    private final Metrics metrics;

    public RequestSteps(Desk desk, Router router, Ledger ledger, Metrics metrics) {
        this.desk = desk;
        this.router = router;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** Lets a request in, or makes the body the answer that is stored for its id. */
    public void admit(Exchange exchange) throws InterruptedException {
        LlmRequest request = exchange.getMessage().getBody(LlmRequest.class);
        Optional<Answer> stored = desk.admit(request);
        if (stored.isPresent()) {
            exchange.getMessage().setBody(stored.get());
        } else {
            exchange.setProperty(Carried.ADMITTED, request);
        }
    }

    /** Makes the body the request with its decision. */
    public void decide(Exchange exchange) {
        Routed routed = router.route(exchange.getMessage().getBody(LlmRequest.class));
        metrics.routed(routed.decision());
        exchange.getMessage().setBody(routed);
    }

    /** Checks the budget and puts request, decision and reservation on disk; makes the body the run. */
    public void accept(Exchange exchange) {
        Run run = ledger.accept(exchange.getMessage().getBody(Routed.class), Budget::fit);
        exchange.setProperty(Carried.RUN, run);
        exchange.getMessage().setBody(run);
    }
}
