package conduit.ledger;

import conduit.model.Model;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Routed;

import java.time.LocalDate;

/**
 * An accepted request: on disk, its worst case set aside.
 *
 * @param number counts the runs of this id, from 1
 * @param day    the calendar day whose limits it counts against; it stays, whatever zone is set later
 */
public record Run(Routed routed, int number, LocalDate day) {

    /** Unique over all runs, safe as a file's name. */
    public String key() {
        return request().id() + "~" + number;
    }

    public LlmRequest request() {
        return routed.request();
    }

    public Decision decision() {
        return routed.decision();
    }

    public Model model() {
        return routed.model();
    }
}
