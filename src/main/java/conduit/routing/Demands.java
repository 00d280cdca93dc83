package conduit.routing;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.problem.Problem;
import conduit.request.Constraints;
import conduit.request.LlmRequest;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Which models meet a request's demands; what can't be met is an error, or is told as relaxed. */
record Demands(Catalogue catalogue, Estimator estimator) {

    /** One-sided, for a probability of .95. */
    private static final double SURE = 1.645;

    /**
     * Those that meet all that can be met.
     *
     * @param notes gets what was relaxed
     * @throws conduit.problem.ProblemException if no model can meet constraints.maxCostUsd
     */
    List<Model> met(LlmRequest request, List<Model> models, Knowledge knowledge, Context context, List<String> notes) {
        Constraints constraints = request.constraints();
        List<Model> able = affordable(request, models);
        if (constraints.minQuality() != null && constraints.minQuality() > 0) {
            able = good(able, constraints.minQuality(), knowledge.beliefs(), context, notes);
        }
        if (constraints.maxLatencyMs() != null) {
            able = fast(able, constraints.maxLatencyMs(), knowledge.experience(), context, notes);
        }
        return able;
    }

    private List<Model> affordable(LlmRequest request, List<Model> models) {
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

    /** Those whose quality is at least this share of the baseline's with a probability of .95, and the baseline. */
    private List<Model> good(List<Model> models, double least, Beliefs beliefs, Context context, List<String> notes) {
        Posterior baseline = beliefs.posterior(context, catalogue.baseline().id());
        List<Model> good = models.stream().filter(model -> model.id().equals(catalogue.baseline().id())
                || reaches(beliefs.posterior(context, model.id()), baseline, least)).toList();
        if (good.isEmpty()) {
            notes.add("minQuality " + least + " relaxed: no allowed model is known to reach it");
            return models;
        }
        if (good.size() < models.size()) {
            notes.add("minQuality " + least + " leaves " + good.stream().map(Model::id)
                    .collect(Collectors.joining(", ")) + ": each other is not sure enough to reach that share of the "
                    + "baseline's quality");
        }
        return good;
    }

    private static boolean reaches(Posterior belief, Posterior baseline, double least) {
        double spread = Math.sqrt(belief.variance() + least * least * baseline.variance());
        return belief.mean() - least * baseline.mean() >= SURE * spread;
    }

    /** Those of which nine of ten answers come in time; one whose latency is not known yet may be tried. */
    private List<Model> fast(List<Model> models, long most, Experience experience, Context context,
                             List<String> notes) {
        List<Model> fast = models.stream().filter(model -> {
            OptionalDouble slow = experience.slowLatencyMs(context, model.id());
            return slow.isEmpty() || slow.getAsDouble() <= most;
        }).toList();
        if (fast.isEmpty()) {
            notes.add("maxLatencyMs " + most + " relaxed: no allowed model answers nine of ten requests so fast; the "
                    + "fastest one serves");
            return models.stream().min(Comparator.comparingDouble(model ->
                    experience.slowLatencyMs(context, model.id()).orElse(0))).stream().toList();
        }
        List<String> unknown = fast.stream().map(Model::id)
                .filter(id -> experience.slowLatencyMs(context, id).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            notes.add("maxLatencyMs " + most + ": not known yet of " + String.join(", ", unknown));
        }
        return fast;
    }
}
