package conduit.routing;

import conduit.bandit.Candidate;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.project.Project;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a request goes if its model fails. */
record Chain(Catalogue catalogue) {

    /**
     * The other models to try, in their order: the project's fallback, else the nearest in price first and of two that are
     * as near the dearer one.
     *
     * @param allowed what rules and the request allow; empty where the model was named and no other may serve
     */
    List<Model> from(Model model, Decision decision, List<String> allowed, Project project) {
        if (allowed.isEmpty() || project.fallback() != null && project.fallback().isEmpty()) {
            return List.of();
        }
        // Where the bandit chose, what it weighed is what meets the request's demands.
        Set<String> weighed = decision.candidates().stream().map(Candidate::model).collect(Collectors.toSet());
        List<String> may = allowed.stream().filter(id -> !id.equals(model.id())
                && (weighed.isEmpty() || weighed.contains(id))).toList();
        if (project.fallback() != null) {
            return project.fallback().stream().filter(may::contains).map(id -> catalogue.find(id).orElse(null))
                    .filter(other -> other != null).toList();
        }
        return may.stream().map(id -> catalogue.require("model", id))
                .sorted(Comparator.comparingDouble((Model other) -> distance(other, model))
                        .thenComparing(other -> other.prices().output(), Comparator.reverseOrder()))
                .toList();
    }

    /** By how much the dearer one is dearer, as a ratio. */
    private static double distance(Model one, Model other) {
        double ratio = one.prices().output().doubleValue() / other.prices().output().doubleValue();
        return Math.max(ratio, 1 / ratio);
    }
}
