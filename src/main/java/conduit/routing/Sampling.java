package conduit.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import conduit.bandit.Terms;

/**
 * By what the bandit chose; with the candidates and the seed it repeats the choice.
 *
 * @param posteriorVersion the version of the beliefs
 * @param lengthBucket     of the request's context; its category stands in the decision
 * @param lambda           see {@link Terms}, as the following
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sampling(long posteriorVersion, String lengthBucket, double lambda, double typicalCostUsd,
                       double exploration, double uniform, double restBeyond, String leader) {

    static Sampling of(long version, String lengthBucket, Terms terms) {
        return new Sampling(version, lengthBucket, terms.lambda(), terms.typicalCostUsd(), terms.exploration(),
                terms.uniform(), terms.restBeyond(), terms.leader());
    }

    public Terms terms() {
        return new Terms(lambda, typicalCostUsd, exploration, uniform, restBeyond, leader);
    }
}
