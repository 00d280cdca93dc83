package conduit.routing;

import conduit.Some;
import conduit.model.Model;
import conduit.request.Constraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a request that goes from a model that fails to one far dearer or far worse than need be. */
class ChainTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final String OPUS = "claude-opus-5-5";

    private static final Decision DECISION = new Decision(SONNET, Source.RULE, "why", List.of(), 1, "general", List.of(), "v1",
            null, null, 1, null);

    private static Model model(String id) {
        return Some.CATALOGUE.find(id).orElseThrow();
    }

    private static List<String> chain(List<String> models, boolean sorted, String from) {
        return new Chain(Some.CATALOGUE, models, sorted).from(model(from), DECISION, Constraints.NONE).stream().map(Model::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({HAIKU + "," + SONNET + "," + OPUS, SONNET + "," + OPUS + "," + HAIKU, OPUS + "," + SONNET + "," + HAIKU})
    void theNearestInPriceGoesFirst(String from, String first, String second) {
        assertThat(chain(List.of(HAIKU, SONNET, OPUS), false, from)).containsExactly(first, second);
    }

    /** From 10 dollars a million, 20 and 5 are as far. */
    @Test
    void ofTwoThatAreAsNearTheDearerOneGoesFirst() {
        assertThat(chain(List.of("claude-haiku-4-5", OPUS), false, SONNET)).containsExactly(OPUS, "claude-haiku-4-5");
    }

    @Test
    void anOwnersOrderHolds() {
        assertThat(chain(List.of(HAIKU, SONNET, OPUS), true, SONNET)).containsExactly(HAIKU, OPUS);
        assertThat(chain(List.of(), true, SONNET)).isEmpty();
    }
}
