package conduit.evaluation;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is saved against the baseline; guards against a mean of ratios, which a giant call would not move. */
class SavingsTest {

    @Test
    void isThePartOfTheSumThatWasSaved() {
        Savings savings = Savings.of(List.of(new Savings.Call(1, 1), new Savings.Call(1, 9)));
        assertThat(savings.saved().value()).isEqualTo(0.8, within(1e-12));
        assertThat(savings.saved().low()).as("of two calls").isLessThan(0);
        assertThat(Savings.of(List.of(new Savings.Call(3, 1))).saved()).isEqualTo(new Estimate(-2, null, null));
        assertThat(Savings.of(List.of()).saved()).isNull();
        assertThat(Savings.of(List.of(new Savings.Call(0, 0))).saved()).isNull();
        Savings none = Savings.of(List.of(new Savings.Call(2, 2), new Savings.Call(5, 5)));
        assertThat(none.saved()).isEqualTo(new Estimate(0, 0.0, 0.0));
    }

    @Test
    void theIntervalHoldsTheTruthInAboutNineteenOfTwenty() {
        Random random = new Random(5);
        int held = 0;
        for (int run = 0; run < 1_000; run++) {
            List<Savings.Call> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                double size = Math.exp(random.nextGaussian() / 2);
                calls.add(new Savings.Call(size * (random.nextBoolean() ? 0.1 : 0.5), size));
            }
            Estimate saved = Savings.of(calls).saved();
            held += saved.low() <= 0.7 && 0.7 <= saved.high() ? 1 : 0;
        }
        assertThat(held).isBetween(920, 975);
    }
}
