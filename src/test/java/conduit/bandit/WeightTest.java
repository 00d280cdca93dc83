package conduit.bandit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Guards against a guess that moves beliefs as if somebody had said it. */
class WeightTest {

    private static final String MODEL = "m";
    private static final Context CONTEXT = new Context("general", "short");
    private static final Beliefs NONE = Beliefs.none(Tuning.DEFAULT, Map.of(MODEL, new Posterior(1, 1, 0)));

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 1})
    void aJudgementCountsForItsWeight(double weight) {
        Posterior after = NONE.after(new Entry.Judged(1, CONTEXT, MODEL, 0, weight)).overall(MODEL);
        assertThat(after.alpha()).isEqualTo(1);
        assertThat(after.beta()).isCloseTo(1 + weight, within(1e-12));
        assertThat(after.observations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1})
    void howeverManyTheyAreTheyCountForTheSumOfTheirWeightsAtMostTwice(double weight) {
        Beliefs beliefs = NONE;
        double sum = 0;
        for (int i = 1; i <= 5_000; i++) {
            beliefs = beliefs.after(new Entry.Judged(i, CONTEXT, MODEL, 0, weight));
            sum = sum * Tuning.DEFAULT.discount() + weight;
        }
        double bad = beliefs.overall(MODEL).beta() - 1;
        assertThat(bad).isBetween(1.9 * sum, 2 * sum);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1})
    void whatReplacesAGuessCountsAsIfItHadBeenThereFromTheBeginning(double weight) {
        Entry.Judged guess = new Entry.Judged(1, CONTEXT, MODEL, 0, weight);
        Beliefs guessed = NONE.after(guess);
        Beliefs said = NONE.after(new Entry.Judged(1, CONTEXT, MODEL, 0.75, 1));
        for (int i = 2; i <= 50; i++) {
            guessed = guessed.after(new Entry.Judged(i, CONTEXT, "other", 1, 1));
            said = said.after(new Entry.Judged(i, CONTEXT, "other", 1, 1));
        }
        Posterior replaced = guessed.after(new Entry.Replaced(51, guess, 1, 0.75, 1)).overall(MODEL);
        assertThat(replaced.alpha()).isCloseTo(said.overall(MODEL).alpha(), within(1e-9));
        assertThat(replaced.beta()).isCloseTo(said.overall(MODEL).beta(), within(1e-9));
    }
}
