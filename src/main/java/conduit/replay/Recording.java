package conduit.replay;

import java.util.List;

/**
 * Queries and what each model made of them.
 *
 * @param models  the baseline last
 * @param rates   by which costs are expected, in the order of the models
 * @param queries at least one
 */
public record Recording(List<String> models, List<Rates> rates, List<Query> queries) {

    public Recording {
        models = List.copyOf(models);
        rates = List.copyOf(rates);
        queries = List.copyOf(queries);
    }

    /** The index of the model that savings are compared with. */
    int baseline() {
        return models.size() - 1;
    }

    public String baselineModel() {
        return models.get(baseline());
    }
}
