package conduit.bench.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine may become as clever as it likes, as long as it answers what a plain scan answers. */
class SameDecisionsTest {

    private static final int RULES = 100;
    private static final int REQUESTS = 200;

    @ParameterizedTest
    @CsvSource({"FEW, false, 1", "FEW, true, 2", "MOST, false, 3", "MOST, true, 4"})
    void conduitDecidesAsAPlainScanDoes(Profile profile, boolean equalityLast, long seed) {
        RuleMix mix = RuleMix.of(RULES, profile, seed);
        ConduitRules conduit = ConduitRules.load(ConduitRules.drl(mix.rules(), equalityLast));
        List<Asked> requests = RequestMix.of(mix, REQUESTS);

        List<String> expected = Expected.of(mix, requests);

        assertThat(expected.stream().filter(Objects::nonNull).count()).as("requests that a rule decides")
                .isBetween(profile == Profile.FEW ? 2L : REQUESTS, profile == Profile.FEW ? 10L : REQUESTS);
        assertThat(requests.stream().map(conduit::decide).toList()).isEqualTo(expected);
    }

    /** Where planted requests meet rules only, each kind of rule decides at least once in a smaller set. */
    @ParameterizedTest
    @CsvSource({"FEW, 5", "MOST, 6"})
    void everyKindOfRuleDecides(Profile profile, long seed) {
        RuleMix mix = RuleMix.of(20, profile, seed);
        ConduitRules conduit = ConduitRules.load(ConduitRules.drl(mix.rules(), false));

        for (BenchRule rule : mix.rules()) {
            RuleMix alone = new RuleMix(profile, seed, List.of(rule));
            List<Asked> requests = RequestMix.of(alone, 100);
            assertThat(Expected.of(alone, requests)).as(rule.toString()).contains(rule.name());
            assertThat(requests.stream().map(conduit::decide).toList()).isEqualTo(Expected.of(mix, requests));
        }
    }
}
