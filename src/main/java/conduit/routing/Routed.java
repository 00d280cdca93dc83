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
 * @param chain   other models that it may run on where its own fails, in the order in which to try them
 * @param at      when it was decided, in Conduit's zone
 */
public record Routed(LlmRequest request, Project project, Model model, Decision decision, Estimate estimate,
                     List<Routed> cheaper, List<Model> chain, ZonedDateTime at) {

    /** One that goes to its own model or nowhere. */
    public Routed(LlmRequest request, Project project, Model model, Decision decision, Estimate estimate,
                  List<Routed> cheaper, ZonedDateTime at) {
        this(request, project, model, decision, estimate, cheaper, List.of(), at);
    }

    /** The same decision, carried out by another model, or by the same once more. */
    public Routed on(Model other, Estimate itsEstimate) {
        return new Routed(request, project, other, decision, itsEstimate, cheaper, chain, at);
    }

    /** The same decision with its project's settings of another moment. */
    public Routed under(Project settings) {
        return new Routed(request, settings, model, decision, estimate,
                cheaper.stream().map(one -> one.under(settings)).toList(), chain, at);
    }
}
