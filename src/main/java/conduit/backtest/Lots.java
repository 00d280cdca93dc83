package conduit.backtest;

import conduit.bandit.Arm;
import conduit.bandit.ModelState;
import conduit.bandit.ThompsonSampler;
import conduit.ledger.Recorded;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;
import conduit.request.StableHash;
import conduit.routing.Fallback;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stands in for the bandit: draws by what is believed of the models now. The seed is made of the request's id, so that
 * the same backtest gives the same answer. What the bandit believed then, and what it would have learnt from other
 * answers, is not on record; so a draw is an example, and its bounds are told beside it.
 */
final class Lots {

    private final Catalogue catalogue;
    private final ThompsonSampler sampler;
    private final Pricing pricing;
    private final Map<String, ModelState> beliefs;

    Lots(Fallback fallback, Pricing pricing) {
        catalogue = fallback.catalogue();
        sampler = fallback.sampler();
        this.pricing = pricing;
        beliefs = catalogue.ids().stream().collect(Collectors.toMap(Function.identity(), fallback.knowledge()::state));
    }

    /** The models that the request's demands leave of these; none if it can't be sure to cost as little as it must. */
    List<String> able(Recorded recorded, Project project, List<String> allowed) {
        BigDecimal most = recorded.request().constraints().maxCostUsd();
        List<String> affordable = most == null ? allowed : allowed.stream()
                .filter(id -> pricing.worst(recorded, id).compareTo(most) <= 0).toList();
        Double least = recorded.request().constraints().minQuality() != null
                ? recorded.request().constraints().minQuality() : project.minQuality();
        List<String> able = least == null ? affordable : affordable.stream()
                .filter(id -> beliefs.get(id).posterior().mean() >= least).toList();
        return able.isEmpty() ? affordable : able;
    }

    /** The model that is drawn of these, of which there is at least one. */
    String draw(Recorded recorded, List<String> models) {
        List<Arm> arms = models.stream().map(id -> new Arm(id, beliefs.get(id).posterior(),
                pricing.at(recorded, id))).toList();
        Model baseline = catalogue.baseline();
        return sampler.choose(arms, pricing.at(recorded, baseline.id()), StableHash.of(recorded.request().id()))
                .model();
    }
}
