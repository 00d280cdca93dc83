package conduit.attempt;

import conduit.ledger.Run;
import conduit.model.Model;

import java.time.Duration;

/**
 * One call of the CLI for a run.
 *
 * @param run   at this attempt: its key, its model and its estimate are the attempt's
 * @param limit the longest that it may take: what is left of the request's time
 */
public record Attempt(Run run, Duration limit) {

    /** The one that is asked, which is another than the run's decision says once that one failed. */
    public Model model() {
        return run.model();
    }

    /** Unique over all attempts, safe as a file's name. */
    public String key() {
        return run.key();
    }
}
