package conduit.routing;

import conduit.model.Model;
import conduit.project.Project;
import conduit.request.LlmRequest;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * A request with its decision.
 *
 * @param cheaper other models that it may run on where a limit is near, the dearest first
 * @param at      when it was decided, in Conduit's zone
 */
public record Routed(LlmRequest request, Project project, Model model, Decision decision, Estimate estimate,
                     List<Routed> cheaper, ZonedDateTime at) {

    /** The same decision with its project's settings of another moment. */
    public Routed under(Project settings) {
        return new Routed(request, settings, model, decision, estimate,
                cheaper.stream().map(one -> one.under(settings)).toList(), at);
    }
}
