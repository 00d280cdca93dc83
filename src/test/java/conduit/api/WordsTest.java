package conduit.api;

import conduit.bandit.Posterior;
import conduit.evaluation.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a manager reads of a belief: a guess must not sound like knowledge, nor a loss like a saving. */
class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "384 | 30 | 412 | right in about 93 of 100 answers (90 to 95), from 412 judged answers: quite sure",
            "9300 | 700 | 9998 | right in about 93 of 100 answers (92 to 93), from 9,998 judged answers: very sure",
            "80 | 21 | 99 | right in about 79 of 100 answers (71 to 87), from 99 judged answers: roughly known",
            "2 | 1 | 1 | right in about 67 of 100 answers (16 to 99), from 1 judged answer: still a guess",
            "1 | 1 | 0 | nobody has judged an answer yet: not known"})
    void aBeliefIsToldWithHowSureItIs(double alpha, double beta, long observations, String words) {
        assertThat(Words.of(new Posterior(alpha, beta, observations))).isEqualTo(words);
    }

    @Test
    void aLossIsNotToldAsASaving() {
        assertThat(Words.saved(new Estimate(0.31, 0.29, 0.334), "opus")).isEqualTo("saves 31 % against opus (29 to 33 %)");
        assertThat(Words.saved(new Estimate(-0.2, -0.3, -0.1), "opus")).isEqualTo("costs 20 % more than opus (10 to 30 %)");
        assertThat(Words.saved(new Estimate(0.5, null, null), "opus")).contains("one call is too few for an interval");
    }
}
