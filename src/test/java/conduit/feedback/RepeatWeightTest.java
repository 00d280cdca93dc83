package conduit.feedback;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Guards against a guess that outweighs what people say, or counts the wrong way. */
class RepeatWeightTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0, .2", "0, 0, .8, .2", "20, .4, .8, .35", "20, .8, .8, .1", "1000, .8, .8, .003922",
            "1000, .9, .6, 0", "1000, 0, .8, .5", "1000, 0, 0, .2"})
    void theMoreIsSaidTheLessTheFirstGuessCounts(long repeated, double worth, double all, double weight) {
        assertThat(new RepeatWeight(0.2).after(new RepeatWeight.Said(repeated, worth, all))).isCloseTo(weight, within(1e-6));
    }
}
