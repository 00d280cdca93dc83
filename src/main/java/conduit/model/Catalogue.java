package conduit.model;

import conduit.problem.Kind;
import conduit.problem.Problem;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every model that Conduit may run. What is not in it is refused: an unknown model never gets a guessed price. */
public final class Catalogue {

    private final Map<String, Model> models;
    private final Model baseline;
    private final Model byDefault;

    /**
     * @param baselineId the marked baseline, or null for the dearest model
     * @param defaultId  the model of a project that names none
     */
    public Catalogue(List<Model> models, String baselineId, String defaultId) {
        this.models = new LinkedHashMap<>();
        for (Model model : models) {
            if (this.models.put(model.id(), model) != null) {
                throw new IllegalArgumentException("the model " + model.id() + " is in the catalogue twice");
            }
        }
        this.byDefault = known(defaultId, "default");
        this.baseline = baselineId == null
                ? models.stream().max(Comparator.comparing(m -> m.prices().output())).orElseThrow()
                : known(baselineId, "baseline");
    }

    private Model known(String id, String role) {
        return find(id).orElseThrow(() -> new IllegalArgumentException(
                "the " + role + " model " + id + " is not in the catalogue; it holds " + String.join(", ", ids())));
    }

    /** The same models, whose priors count for so many observations. */
    public Catalogue believedAs(double observations) {
        return new Catalogue(all().stream().map(model -> model.believedAs(observations)).toList(), baseline.id(),
                byDefault.id());
    }

    public Optional<Model> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /**
     * The model with this id.
     *
     * @param field the input's field that names it, for the message
     * @throws conduit.problem.ProblemException listing the known models
     */
    public Model require(String field, String id) {
        return find(id).orElseThrow(() -> new Problem(Kind.UNKNOWN_MODEL, field + " is \"" + id
                + "\", which is not in the catalogue. Known models: " + String.join(", ", ids()) + ".",
                Map.of("field", field)).asException());
    }

    public List<String> ids() {
        return List.copyOf(models.keySet());
    }

    public List<Model> all() {
        return List.copyOf(models.values());
    }

    /** The model that savings and expected costs are compared with. */
    public Model baseline() {
        return baseline;
    }

    /** The model of a project that names none. */
    public Model byDefault() {
        return byDefault;
    }
}
