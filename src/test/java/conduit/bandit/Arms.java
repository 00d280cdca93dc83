package conduit.bandit;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Models that are right with a fixed probability, played by the sampler; its regret is what the best one would have had
 * more, in right answers.
 *
 * @param before probabilities in the first half
 * @param after  probabilities in the second half
 * @param delay  how many answers later a judgement comes
 * @param batch  judgements come together each time so many answers were given; 0: one by one
 */
record Arms(double[] before, double[] after, double discount, double restBeyond, int delay, int batch) {

    private static final int ROUNDS = 10_000;
    private static final Context ALL = new Context("all", "all");

    /** Nothing changes, nothing is forgotten, and each judgement comes at once. */
    static Arms steady(double... probabilities) {
        return new Arms(probabilities, probabilities, 1, 0, 0, 0);
    }

    Arms changingTo(double... probabilities) {
        return new Arms(before, probabilities, discount, restBeyond, delay, batch);
    }

    Arms discounting(double rate, double rest) {
        return new Arms(before, after, rate, rest, delay, batch);
    }

    Arms delayed(int answers) {
        return new Arms(before, after, discount, restBeyond, answers, batch);
    }

    Arms inBatches(int answers) {
        return new Arms(before, after, discount, restBeyond, delay, answers);
    }

    /** The mean regret of so many runs, the first with this seed, and its standard error. */
    double[] regret(int runs, long seed) {
        double[] regrets = IntStream.range(0, runs).parallel().mapToDouble(i -> run(seed + i)).toArray();
        double mean = Arrays.stream(regrets).average().orElseThrow();
        double variance = Arrays.stream(regrets).map(r -> (r - mean) * (r - mean)).sum() / (runs - 1);
        return new double[] {mean, Math.sqrt(variance / runs)};
    }

    private double run(long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        Beliefs beliefs = Beliefs.none(Tuning.DEFAULT.discounting(discount), Map.of());
        Terms terms = new Terms(0, 0, 1, 0, restBeyond, null);
        Deque<int[]> waiting = new ArrayDeque<>();
        double regret = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] right = round < ROUNDS / 2 ? before : after;
            int chosen = ThompsonSampler.index(arms(beliefs), terms, random);
            regret += Arrays.stream(right).max().orElseThrow() - right[chosen];
            waiting.add(new int[] {chosen, random.nextDouble() < right[chosen] ? 1 : 0});
            while (!waiting.isEmpty() && (batch > 0 ? (round + 1) % batch == 0 : waiting.size() > delay)) {
                int[] judged = waiting.poll();
                beliefs = beliefs.after(new Entry.Judged(beliefs.version() + 1, ALL, name(judged[0]), judged[1], 1));
            }
        }
        return regret;
    }

    private List<Arm> arms(Beliefs beliefs) {
        List<Arm> arms = new ArrayList<>(before.length);
        for (int i = 0; i < before.length; i++) {
            arms.add(new Arm(name(i), beliefs.overall(name(i)), BigDecimal.ZERO));
        }
        return arms;
    }

    private static String name(int index) {
        return NAMES[index];
    }

    private static final String[] NAMES = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
}
