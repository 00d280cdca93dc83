package conduit.routing;

import conduit.bandit.Candidate;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.request.Constraints;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a request goes if its model fails.
 *
 * @param models the ones that it may go to, maybe none
 * @param sorted whether they stand in the order in which to try them; else the nearest in price goes first, and of two that
 *               are as near the dearer one
 */
record Chain(Catalogue catalogue, List<String> models, boolean sorted) {

    /** The others to try, in their order, for a request that goes to this one. */
    List<Model> from(Model model, Decision decision, Constraints demands) {
        List<Model> others = models.stream().filter(id -> !id.equals(model.id()) && meets(id, decision, demands))
                .map(catalogue::find).flatMap(Optional::stream).toList();
        return sorted ? others : others.stream().sorted(Comparator.comparingDouble((Model other) -> distance(other, model))
                .thenComparing(other -> other.prices().output(), Comparator.reverseOrder())).toList();
    }

    /** Where the bandit chose by what the request demands of quality and latency, it weighed those that meet it. */
    private static boolean meets(String id, Decision decision, Constraints demands) {
        return demands.minQuality() == null && demands.maxLatencyMs() == null || decision.candidates().isEmpty()
                || decision.candidates().stream().map(Candidate::model).anyMatch(id::equals);
    }

    /** By how much the dearer one is dearer, as a ratio. */
    private static double distance(Model one, Model other) {
        double ratio = one.prices().output().doubleValue() / other.prices().output().doubleValue();
        return Math.max(ratio, 1 / ratio);
    }
}
