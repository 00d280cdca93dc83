package conduit.routing;

import conduit.Some;
import conduit.model.Model;
import conduit.model.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a call that costs more than was set aside for it because its prompt is long. */
class EstimatorTest {

    private static final int CAP = 1_000;

    /** The CLI asks four times where an answer reaches its cap, and each time sends what it got. */
    @ParameterizedTest
    @CsvSource({"1000", "90000", "97000", "99999", "100001", "400000"})
    void theWorstCaseCoversFourRequestsAtThePriceOfLongPrompts(long bytes) {
        for (String id : new String[] {"claude-haiku-5-5", "claude-sonnet-5-5"}) {
            Model model = Some.CATALOGUE.find(id).orElseThrow();
            BigDecimal spent = BigDecimal.ZERO;
            for (int i = 0; i < 4; i++) {
                spent = spent.add(model.prices().cost(new Tokens(0, CAP, 0, 0, bytes + i * CAP)));
            }
            assertThat(new Estimator(4_096).worstCase(bytes, CAP, model)).as(id).isGreaterThanOrEqualTo(spent);
        }
    }
}
