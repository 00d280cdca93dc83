package conduit.attempt;

import conduit.ledger.Run;
import conduit.model.Model;

/**
 * One call of the CLI for a run.
 *
 * @param number counts the run's calls, from 1
 * @param model  the one that is asked, which is another than the run's decision says once that one failed
 */
public record Attempt(Run run, int number, Model model) {

    /** The first one. */
    public static Attempt first(Run run) {
        return new Attempt(run, 1, run.model());
    }

    /** Unique over all attempts, safe as a file's name. */
    public String key() {
        return number == 1 ? run.key() : run.key() + "~" + number;
    }
}
