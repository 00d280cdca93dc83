package conduit.bandit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What holds a project's quality must do so with few judgements, too, and whatever the owner has set. */
class GuaranteeTest {

    private static final List<Arm> ARMS = List.of(new Arm("dear", new Posterior(1, 1, 0), new BigDecimal("0.05")),
            new Arm("cheap", new Posterior(1, 1, 0), new BigDecimal("0.01")));

    private static double share(double minQuality, double uniform, String model) {
        Terms terms = new Guarantee(minQuality).terms(List.of(new Guarantee.Load(1, ARMS)), "dear", 0,
                new Terms(0.04, 0.05, 1, uniform, 1.5, null), 1);
        return ThompsonSampler.choose(ARMS, terms, 1).candidates().stream()
                .filter(c -> c.model().equals(model)).findFirst().orElseThrow().propensity();
    }

    /** Else a share of choices by lot would come on top of what the guarantee lets go astray. */
    @ParameterizedTest
    @CsvSource({"0.98, 0, 0.02", "0.98, 0.05, 0.02", "0.98, 1, 0.02", "1, 0.05, 0", "0, 1, 0.2"})
    void whatIsNotKnownIsLeftToTheBaselineChoicesByLotIncluded(double minQuality, double uniform, double most) {
        assertThat(share(minQuality, uniform, "cheap")).isLessThanOrEqualTo(most + 1e-12);
        assertThat(share(minQuality, uniform, "dear")).isGreaterThanOrEqualTo(1 - most - 1e-12);
    }

    @Test
    void aPartOfWhatMayGoAstrayIsExplored() {
        assertThat(share(0.98, 0, "cheap")).isEqualTo(0.02, within(1e-12));
    }
}
