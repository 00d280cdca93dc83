package conduit.routing;

import conduit.bandit.Arm;
import conduit.bandit.Choice;
import conduit.bandit.ThompsonSampler;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.request.StableHash;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where no rule chooses: the bandit among the models that rules and the request allow.
 *
 * @param seed the seed of the seeds: with the request's id it gives the decision's own
 */
public record Fallback(Catalogue catalogue, Estimator estimator, Knowledge knowledge, ThompsonSampler sampler,
                       long seed) {

    /** Numbers above this are not exact where JSON is read as floating point. */
    private static final long EXACT_IN_JSON = (1L << 53) - 1;

    /** A choice, and why it was the bandit's with these candidates. */
    public record Chosen(Choice choice, String reason) {
    }

    /**
     * Chooses among the allowed models, of which there is at least one.
     *
     * @param narrowed whether rules narrowed them
     * @throws conduit.problem.ProblemException if no model can meet constraints.maxCostUsd
     */
    public Chosen choose(LlmRequest request, Project project, List<String> allowed, boolean narrowed) {
        List<String> notes = new ArrayList<>();
        List<Model> models = affordable(request, allowed);
        Double least = request.constraints().minQuality() != null ? request.constraints().minQuality()
                : project.minQuality();
        List<Model> able = least == null ? models : models.stream()
                .filter(m -> knowledge.state(m.id()).posterior().mean() >= least).toList();
        if (able.isEmpty()) {
            notes.add("minQuality " + least + " relaxed: no model is known to reach it");
            able = models;
        }
        if (request.constraints().maxLatencyMs() != null) {
            notes.add("maxLatencyMs relaxed: latency is not predicted");
        }
        List<Arm> arms = able.stream().map(m -> new Arm(m.id(), knowledge.state(m.id()).posterior(),
                estimator.expected(request, m, knowledge.state(m.id())))).toList();
        Model baseline = catalogue.baseline();
        BigDecimal baselineCost = estimator.expected(request, baseline, knowledge.state(baseline.id()));
        Choice choice = sampler.choose(arms, baselineCost, (seed ^ StableHash.of(request.id())) & EXACT_IN_JSON);
        notes.add(0, "no rule chose: the best draw of " + arms.size() + (narrowed ? " models that rules allow"
                : arms.size() == 1 ? " model" : " models"));
        return new Chosen(choice, String.join("; ", notes));
    }

    private List<Model> affordable(LlmRequest request, List<String> allowed) {
        List<Model> models = allowed.stream().map(id -> catalogue.require("constraints.models", id)).toList();
        BigDecimal most = request.constraints().maxCostUsd();
        if (most == null) {
            return models;
        }
        List<Model> affordable = models.stream()
                .filter(m -> estimator.worstCase(request, m).compareTo(most) <= 0).toList();
        if (affordable.isEmpty()) {
            String costs = models.stream().map(m -> m.id() + " " + estimator.worstCase(request, m).toPlainString())
                    .collect(Collectors.joining(", "));
            throw Problem.field("constraints.maxCostUsd", "No allowed model is sure to cost at most "
                    + most.toPlainString() + " USD (constraints.maxCostUsd); the most that this request can cost: "
                    + costs + ". Raise it, shorten the prompt or lower maxOutputTokens.").asException();
        }
        return affordable;
    }
}
