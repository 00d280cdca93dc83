package conduit.api;

import conduit.bandit.Beliefs;
import conduit.bandit.Cell;
import conduit.bandit.Context;
import conduit.bandit.Posterior;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.routing.Knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue with what is believed of each model: over all requests first, then a kind of request each. */
public record ModelsReport(Catalogue catalogue, Knowledge knowledge) {

    private static final String ALL = "all";
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    List<Map<String, Object>> all() {
        Beliefs beliefs = knowledge.beliefs();
        return catalogue.all().stream().map(model -> model(model, beliefs)).toList();
    }

    private Map<String, Object> model(Model model, Beliefs beliefs) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", model.id());
        map.put("prices", model.prices());
        map.put("maxOutput", model.maxOutput());
        map.put("auto", model.auto());
        map.put("baseline", model.id().equals(catalogue.baseline().id()));
        map.put("default", model.id().equals(catalogue.byDefault().id()));
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
        return map;
    }
}
