package conduit.api;

import conduit.bandit.Beliefs;
import conduit.bandit.Cell;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.routing.Estimator;
import conduit.routing.Knowledge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The catalogue with what is believed of each model: over all requests first, then a kind of request each.
 *
 * @param breaker tells whether a model is left alone: closed, open or half-open; null where nobody calls models
 */
public record ModelsReport(Catalogue catalogue, Knowledge knowledge, Estimator estimator, BanditMoney money,
                           UnaryOperator<String> breaker) {

    private static final String ALL = "all";
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final int MICRO = 6;

    /** The models, and what the bandit saved of late. */
    public Map<String, Object> all() {
        Beliefs beliefs = knowledge.beliefs();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("models", catalogue.all().stream().map(model -> model(model, beliefs)).toList());
        map.put("bandit", money.all());
        return map;
    }

    /** What a request is expected to cost on average over what was asked so far, US dollars; null before any. */
    private BigDecimal typical(Model model) {
        Experience experience = knowledge.experience();
        return experience.contexts().stream().map(context -> estimator.typical(model, context, experience)
                        .multiply(BigDecimal.valueOf(experience.share(context)))).reduce(BigDecimal::add)
                .map(cost -> cost.setScale(MICRO, RoundingMode.HALF_UP)).orElse(null);
    }

    private Map<String, Object> model(Model model, Beliefs beliefs) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", model.id());
        map.put("prices", model.prices());
        map.put("maxOutput", model.maxOutput());
        map.put("auto", model.auto());
        map.put("baseline", model.id().equals(catalogue.baseline().id()));
        map.put("default", model.id().equals(catalogue.byDefault().id()));
        if (breaker.apply(model.id()) != null) {
            map.put("breaker", breaker.apply(model.id()));
        }
        map.put("typicalCostUsd", typical(model));
        map.put("bandit", money.of(model.id()));
        List<Map<String, Object>> posteriors = new ArrayList<>();
        posteriors.add(posterior(ALL, ALL, beliefs.overall(model.id())));
        for (Map.Entry<Context, Cell> cell : beliefs.cells().entrySet()) {
            if (cell.getValue().of(model.id()).count() > 0) {
                posteriors.add(posterior(cell.getKey().category(), cell.getKey().length(),
                        beliefs.posterior(cell.getKey(), model.id())));
            }
        }
        map.put("posteriors", posteriors);
        return map;
    }

    private static Map<String, Object> posterior(String category, String length, Posterior posterior) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("category", category);
        map.put("lengthBucket", length);
        map.put("alpha", posterior.alpha());
        map.put("beta", posterior.beta());
        map.put("mean", posterior.mean());
        map.put("low", posterior.quantile(LOW));
        map.put("high", posterior.quantile(HIGH));
        map.put("observations", posterior.observations());
        map.put("summary", Words.of(posterior));
        return map;
    }
}
