package conduit.routing;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Guarantee;
import conduit.bandit.Terms;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The terms by which a project's requests are decided: the owner's, or in guarantee mode those that hold its quality.
 */
final class Bargain {

    private final Catalogue catalogue;
    private final Estimator estimator;
    private final Terms terms;
    private final ConcurrentMap<String, Held> projects = new ConcurrentHashMap<>();

    /** @param requests decided by them so far */
    private record Held(double minQuality, Terms terms, int requests) {
    }

    /** @param terms the owner's */
    Bargain(Catalogue catalogue, Estimator estimator, Terms terms) {
        this.catalogue = catalogue;
        this.estimator = estimator;
        this.terms = terms;
    }

    /**
     * The terms for one request.
     *
     * @param ownCostUsd what it is expected to cost at the baseline, US dollars
     * @param seed       of the draws with which a guarantee is looked for
     */
    Terms of(Project project, double ownCostUsd, Beliefs beliefs, Experience experience, long seed) {
        if (project.minQuality() == null) {
            return terms.typically(experience.typicalCost(ownCostUsd));
        }
        return projects.compute(project.id(), (id, held) -> held == null || held.minQuality() != project.minQuality()
                || held.requests() >= Guarantee.EVERY ? new Held(project.minQuality(), guaranteed(project.minQuality(),
                        terms.at(held == null ? 0 : held.terms().lambda()), beliefs, experience, seed), 1)
                : new Held(held.minQuality(), held.terms(), held.requests() + 1)).terms().typically(ownCostUsd);
    }

    private Terms guaranteed(double minQuality, Terms before, Beliefs beliefs, Experience experience, long seed) {
        List<Guarantee.Load> loads = new ArrayList<>();
        long labels = 0;
        List<Model> models = catalogue.all().stream()
                .filter(m -> m.auto() || m.id().equals(catalogue.baseline().id())).toList();
        for (Context context : experience.contexts()) {
            List<Arm> arms = models.stream().map(m -> new Arm(m.id(), beliefs.posterior(context, m.id()),
                    estimator.typical(m, context, experience))).toList();
            loads.add(new Guarantee.Load(experience.share(context), arms));
        }
        for (Model model : models) {
            labels += beliefs.overall(model.id()).observations();
        }
        return new Guarantee(minQuality).terms(loads, catalogue.baseline().id(), labels, before, seed);
    }
}
