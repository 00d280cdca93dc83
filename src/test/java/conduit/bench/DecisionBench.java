package conduit.bench;

import conduit.bandit.Arm;
import conduit.bandit.Posterior;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** How long one decision of the bandit takes, with its propensities. Bars: p99 100 us idle, 1 ms with 16 threads. */
public final class DecisionBench {

    private static final int WARM_UP = 200_000;
    private static final int DECISIONS = 200_000;
    private static final double MICRO = 1e3;

    private DecisionBench() {
    }

    public static void main(String[] args) throws Exception {
        Table.title("One decision with its propensities, " + DECISIONS + " of each kind");
        for (int models : new int[] {3, 10}) {
            measure(models, WARM_UP);
            print(models, 1, measure(models, DECISIONS));
            ExecutorService threads = Executors.newFixedThreadPool(16);
            List<Future<long[]>> parts = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> measure(models, DECISIONS / 16))).toList();
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> part : parts) {
                all.add(part.get());
            }
            threads.shutdown();
            print(models, 16, all.stream().flatMapToLong(Arrays::stream).toArray());
        }
    }

    private static long[] measure(int models, int decisions) {
        Terms terms = new Terms(0.04, 0.01, 1, 0, 1.5, null);
        long[] nanos = new long[decisions];
        for (int i = 0; i < decisions; i++) {
            List<Arm> arms = arms(models, i);
            long start = System.nanoTime();
            ThompsonSampler.choose(arms, terms, i);
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    /** Models so alike that none can rest: the dearest case. */
    private static List<Arm> arms(int models, int salt) {
        return IntStream.range(0, models).mapToObj(m -> new Arm("model-" + m, new Posterior(40 + (m + salt) % 7,
                6 + (m * 3 + salt) % 5, 40), BigDecimal.valueOf(0.001 * (m + 1)))).toList();
    }

    private static void print(int models, int threads, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf("%2d models, %2d threads: p50 %.1f us, p99 %.1f us%n", models, threads,
                nanos[nanos.length / 2] / MICRO, nanos[(int) (nanos.length * 0.99)] / MICRO);
    }
}
