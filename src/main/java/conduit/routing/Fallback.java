package conduit.routing;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Choice;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.request.StableHash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where no rule chooses: the bandit among the models that rules and the request allow. */
public final class Fallback {

    /** Numbers above this are not exact where JSON is read as floating point. */
    private static final long EXACT_IN_JSON = (1L << 53) - 1;

    private final Catalogue catalogue;
    private final Estimator estimator;
    private final Knowledge knowledge;
    private final Demands demands;
    private final Bargain bargain;
    private final Setting setting;

    /**
     * What stays the same.
     *
     * @param terms the owner's
     * @param seed  the seed of the seeds: with the request's id it gives the decision's own
     */
    public record Setting(Terms terms, long seed) {
    }

    /** A choice, by what it was made, and why it was the bandit's with these candidates. */
    public record Chosen(Choice choice, Sampling sampling, String reason) {
    }

    public Fallback(Catalogue catalogue, Estimator estimator, Knowledge knowledge, Setting setting) {
        this.catalogue = catalogue;
        this.estimator = estimator;
        this.knowledge = knowledge;
        this.demands = new Demands(catalogue, estimator);
        this.bargain = new Bargain(catalogue, estimator, setting.terms());
        this.setting = setting;
    }

    /**
     * Chooses among the allowed models, of which there is at least one.
     *
     * @param narrowed whether rules narrowed them
     * @throws conduit.problem.ProblemException if no model can meet constraints.maxCostUsd
     */
    public Chosen choose(LlmRequest request, Project project, String category, List<String> allowed,
                         boolean narrowed) {
        List<String> notes = new ArrayList<>();
        Context context = Context.of(category, request.tokenCount());
        Beliefs beliefs = knowledge.beliefs();
        Experience experience = knowledge.experience();
        List<Model> able = demands.met(request, allowed.stream()
                .map(id -> catalogue.require("constraints.models", id)).toList(), knowledge, context, notes);
        able = awake(able, notes);
        List<Arm> arms = able.stream().map(m -> new Arm(m.id(), beliefs.posterior(context, m.id()),
                estimator.expected(request, m, context, experience))).toList();
        long seed = (setting.seed() ^ StableHash.of(request.id())) & EXACT_IN_JSON;
        double own = estimator.expected(request, catalogue.baseline(), context, experience).doubleValue();
        Terms terms = bargain.of(project, own, beliefs, experience, seed);
        Choice choice = ThompsonSampler.choose(arms, terms, seed);
        if (project.minQuality() != null) {
            notes.add(guarantee(project.minQuality(), terms, able.contains(catalogue.baseline())));
        }
        notes.add(0, "no rule chose: the " + (terms.exploration() < 1 ? "bandit, among " : "best draw of ") + arms.size()
                + (narrowed ? " models that rules allow" : arms.size() == 1 ? " model" : " models"));
        return new Chosen(choice, Sampling.of(beliefs.version(), context.length(), terms), String.join("; ", notes));
    }

    /** Those that are not left alone; all of them where each is. */
    private List<Model> awake(List<Model> able, List<String> notes) {
        Set<String> alone = knowledge.leftAlone();
        List<Model> awake = alone.isEmpty() ? able : able.stream().filter(model -> !alone.contains(model.id())).toList();
        if (awake.isEmpty() || awake.size() == able.size()) {
            return able;
        }
        notes.add("left alone, as they failed often of late: " + able.stream().map(Model::id).filter(alone::contains)
                .collect(Collectors.joining(", ")));
        return awake;
    }

    private String guarantee(double least, Terms terms, boolean baselineMayServe) {
        double astray = Math.round(1e4 * (terms.exploration() + terms.uniform())) / 1e4;
        if (!baselineMayServe) {
            return "the project's minQuality " + least + " relaxed: the baseline " + catalogue.baseline().id()
                    + " is not among the allowed models";
        }
        return "minQuality " + least + " of the project: " + (terms.leader() == null
                ? "lambda " + terms.lambda() + " holds it, at most " + astray + " explores"
                : "nothing is known to hold it yet, so " + terms.leader() + " serves save for " + astray
                + " that explores");
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public Estimator estimator() {
        return estimator;
    }

    public Knowledge knowledge() {
        return knowledge;
    }

    /** The owner's terms. */
    public Terms terms() {
        return setting.terms();
    }
}
