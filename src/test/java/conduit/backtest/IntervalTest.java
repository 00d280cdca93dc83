package conduit.backtest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The interval holds what it promises for costs as they are: most requests don't move, and the lengths are skewed. */
class IntervalTest {

    private static final int SAMPLES = 1_000;

    private static Interval of(double... differences) {
        Interval interval = new Interval();
        DoubleStream.of(differences).forEach(interval::add);
        return interval;
    }

    /** @param sigma of the lengths' logarithm: 1 means that one in 40 is more than 7 times the median */
    @ParameterizedTest
    @CsvSource({"50, 1, .8, .01", "100, .5, 1, .01", "300, .3, 1, -.01", "1000, .3, 1, .01", "1000, .05, 1.2, .01",
            "3000, .02, 1, .01"})
    void itContainsTheTrueMeanInAtLeast93OfAHundredSamples(int requests, double moving, double sigma, double median) {
        Random random = new Random(20261121);
        double truth = requests * moving * median * Math.exp(sigma * sigma / 2);
        int plain = 0;
        int held = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Interval interval = new Interval();
            for (int i = 0; i < requests; i++) {
                interval.add(random.nextDouble() < moving ? median * Math.exp(sigma * random.nextGaussian()) : 0);
            }
            Interval.Bounds bounds = interval.bounds();
            held += bounds.low().doubleValue() <= truth && truth <= bounds.high().doubleValue() ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(SAMPLES * 93 / 100);
    }

    /** What the corrections must not do: widen it where the differences are plain. */
    @Test
    void ofPlainDifferencesItIsTheTInterval() {
        Random random = new Random(1);
        double[] values = random.doubles(10_000).map(d -> d - 0.5).toArray();
        double mean = DoubleStream.of(values).average().orElseThrow();
        double deviation = Math.sqrt(DoubleStream.of(values).map(d -> (d - mean) * (d - mean)).sum() / 9_999);
        Interval.Bounds bounds = of(values).bounds();

        assertThat(bounds.low().doubleValue()).isCloseTo(10_000 * mean - 100 * 1.96 * deviation, within(0.1));
        assertThat(bounds.high().doubleValue()).isCloseTo(10_000 * mean + 100 * 1.96 * deviation, within(0.1));
    }

    @Test
    void aFewLongRequestsReachFurtherToTheirSide() {
        double[] values = new double[200];
        values[7] = 1;
        values[70] = 3;
        Interval.Bounds more = of(values).bounds();
        Interval.Bounds less = of(DoubleStream.of(values).map(d -> -d).toArray()).bounds();

        assertThat(more.high().doubleValue() - 4).isGreaterThan(4 - more.low().doubleValue());
        assertThat(less.low()).isEqualByComparingTo(more.high().negate());
        assertThat(less.high()).isEqualByComparingTo(more.low().negate());
    }

    @Test
    void ofEqualDifferencesItIsTheirSum() {
        assertThat(of(0.25, 0.25, 0.25, 0.25).bounds()).isEqualTo(new Interval.Bounds(new BigDecimal("1.000000"),
                new BigDecimal("1.000000")));
        assertThat(of(0, 0).bounds().high()).isEqualByComparingTo("0");
    }

    /** One difference says nothing of how others would vary; to tell a number would be a lie. */
    @Test
    void ofFewerThanTwoThereIsNone() {
        assertThat(of().bounds()).isEqualTo(new Interval.Bounds(null, null));
        assertThat(of(0.5).bounds()).isEqualTo(new Interval.Bounds(null, null));
    }

    /** Sums of a hundred thousand small costs on top of a large one must not lose their digits. */
    @Test
    void aLongSumKeepsItsDigits() {
        double[] values = new double[100_000];
        java.util.Arrays.setAll(values, i -> i % 2 == 0 ? 0.000_011 : 0.000_009);
        Interval.Bounds bounds = of(values).bounds();

        assertThat(bounds.low().doubleValue()).isCloseTo(1 - 1.96 * 0.000_001 * Math.sqrt(100_000), within(2e-6));
        assertThat(bounds.high().doubleValue()).isCloseTo(1 + 1.96 * 0.000_001 * Math.sqrt(100_000), within(2e-6));
    }
}
