package conduit.attempt;

import conduit.ledger.Accountant;
import conduit.ledger.Ledger;
import conduit.routing.Estimator;

import java.time.Duration;

/** What further attempts are made with, the same for all runs. */
public record Means(Ledger ledger, Accountant accountant, Estimator estimator, Breakers breakers, Patience patience) {

    /**
     * How much a request may try.
     *
     * @param limit   the longest that its attempts and the waits between them may take together
     * @param retries how often a model is tried again at most
     */
    public record Patience(Duration limit, int retries, Backoff backoff, Pause pause) {
    }
}
