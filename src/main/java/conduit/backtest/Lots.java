package conduit.backtest;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;
import conduit.ledger.Recorded;
import conduit.model.Catalogue;
import conduit.project.Project;
import conduit.request.StableHash;
import conduit.routing.Fallback;

import java.math.BigDecimal;
import java.util.List;

/**
 * Stands in for the bandit: draws by what is believed of the models now. The seed is made of the request's id, so that
 * the same backtest gives the same answer. What the bandit believed then, and what it would have learnt from other
 * answers, is not on record; so a draw is an example, and its bounds are told beside it.
 */
final class Lots {

    private final Catalogue catalogue;
    private final Terms terms;
    private final Pricing pricing;
    private final Beliefs beliefs;
    private final Experience experience;

    Lots(Fallback fallback, Pricing pricing) {
        catalogue = fallback.catalogue();
        terms = fallback.terms();
        this.pricing = pricing;
        beliefs = fallback.knowledge().beliefs();
        experience = fallback.knowledge().experience();
    }

    /** The models that the request's demands leave of these; none if it can't be sure to cost as little as it must. */
    List<String> able(Recorded recorded, Project project, List<String> allowed) {
        BigDecimal most = recorded.request().constraints().maxCostUsd();
        List<String> affordable = most == null ? allowed : allowed.stream()
                .filter(id -> pricing.worst(recorded, id).compareTo(most) <= 0).toList();
        Double least = recorded.request().constraints().minQuality() != null
                ? recorded.request().constraints().minQuality() : project.minQuality();
        List<String> able = least == null ? affordable : affordable.stream()
                .filter(id -> beliefs.overall(id).mean() >= least * beliefs.overall(catalogue.baseline().id()).mean()).toList();
        return able.isEmpty() ? affordable : able;
    }

    /** The model that is drawn of these, of which there is at least one. */
    String draw(Recorded recorded, List<String> models) {
        List<Arm> arms = models.stream().map(id -> new Arm(id, beliefs.overall(id),
                pricing.at(recorded, id))).toList();
        double own = pricing.at(recorded, catalogue.baseline().id()).doubleValue();
        return ThompsonSampler.choose(arms, terms.typically(experience.typicalCost(own)),
                StableHash.of(recorded.request().id())).model();
    }
}
