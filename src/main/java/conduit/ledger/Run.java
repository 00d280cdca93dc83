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
 */
public record Run(Routed routed, int number) {

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

    /** The calendar day whose limits it counts against. */
    public LocalDate day() {
        return routed.at().toLocalDate();
    }
}
