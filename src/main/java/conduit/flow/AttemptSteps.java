package conduit.flow;

import conduit.attempt.Attempt;
import conduit.claude.Outcome;
import conduit.ledger.Accountant;
import conduit.ledger.Run;
import org.apache.camel.Exchange;

/** The steps from a run to its outcome, each of which the route 30-call-claude names. */
public final class AttemptSteps {

    private final Accountant accountant;

    public AttemptSteps(Accountant accountant) {
        this.accountant = accountant;
    }

    /** Whether another call is to be made; makes it the exchange's attempt. */
    public boolean goesOn(Exchange exchange) {
        Run run = exchange.getProperty(Carried.RUN, Run.class);
        if (exchange.getProperty(Carried.OUTCOME) != null) {
            return false;
        }
        exchange.setProperty(Carried.ATTEMPT, Attempt.first(run));
        return true;
    }

    /** Makes the outcome in the body the run's, if no other attempt can better it. */
    public void judge(Exchange exchange) {
        exchange.setProperty(Carried.OUTCOME, exchange.getMessage().getBody(Outcome.class));
    }

    /** Makes the body the run's completion. */
    public void complete(Exchange exchange) {
        exchange.getMessage().setBody(accountant.complete(exchange.getProperty(Carried.RUN, Run.class),
                exchange.getProperty(Carried.OUTCOME, Outcome.class)));
        exchange.setProperty(Carried.COMPLETED, true);
    }
}
