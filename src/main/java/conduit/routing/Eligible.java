package conduit.routing;

import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.rules.engine.RuleOutcome;

import java.util.Comparator;
import java.util.List;

/** Which models a request may go to once rules have spoken. */
public record Eligible(Catalogue catalogue) {

    /** Those that rules, else the catalogue, leave to an automatic choice, and that the request allows; maybe none. */
    public List<String> models(LlmRequest request, RuleOutcome outcome) {
        return byRules(request, outcome).stream().filter(request.constraints()::allows).toList();
    }

    /**
     * Those that a request may go to where its own model fails: the project's fallback as far as rules and the request allow
     * it, without one all that are left to an automatic choice.
     */
    List<String> fallbacks(LlmRequest request, Project project, RuleOutcome outcome) {
        return project.fallback() == null ? models(request, outcome) : project.fallback().stream()
                .filter(id -> !leavesOut(outcome, id) && request.constraints().allows(id)).toList();
    }

    /** Those that rules, else the catalogue, leave to an automatic choice. */
    List<String> byRules(LlmRequest request, RuleOutcome outcome) {
        return outcome.among() != null ? outcome.among() : request.constraints().models() != null
                ? catalogue.ids() : catalogue.all().stream().filter(Model::auto).map(Model::id).toList();
    }

    /** The project's default, else the catalogue's; where rules leave it out, the dearest that they allow. */
    public Model byDefault(Project project, RuleOutcome outcome) {
        Model model = project.defaultModel() == null ? catalogue.byDefault()
                : catalogue.require("defaultModel", project.defaultModel());
        return leavesOut(outcome, model.id()) ? outcome.among().stream().map(id -> catalogue.require("model", id))
                .max(Comparator.comparing(m -> m.prices().output())).orElse(model) : model;
    }

    /** Whether rules narrowed the choice to other models. */
    public static boolean leavesOut(RuleOutcome outcome, String model) {
        return outcome.among() != null && !outcome.among().contains(model);
    }
}
