package conduit.bench.rules;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An engine with its rules, and what its loading took.
 *
 * @param coldMs    the first load in this process, milliseconds
 * @param warmMs    the median of three more
 * @param firstMs   the first decision after the first load
 * @param megabytes that a further set keeps on the heap after a collection, once it has decided some requests
 */
record Loaded(Function<Asked, String> engine, double coldMs, double warmMs, double firstMs, double megabytes) {

    private static final int WARM = 3;
    private static final int SOME = 100;
    private static final int MOST_COLLECTIONS = 10;
    private static final long SMALL = 16 << 10;

    /**
     * Loads, and checks every decision.
     *
     * @param copies how many sets are kept to tell the memory of one; small sets drown in the heap's own changes
     */
    static Loaded of(Supplier<Function<Asked, String>> load, List<Asked> requests, List<String> expected,
                     int copies) {
        long start = System.nanoTime();
        Function<Asked, String> cold = load.get();
        double coldMs = since(start);
        start = System.nanoTime();
        cold.apply(requests.get(0));
        double firstMs = since(start);
        Expected.check(cold, requests, expected);
        double[] warm = new double[WARM];
        for (int i = 0; i < WARM; i++) {
            start = System.nanoTime();
            load.get();
            warm[i] = since(start);
        }
        Arrays.sort(warm);
        List<Function<Asked, String>> kept = new ArrayList<>();
        long before = heap();
        for (int i = 0; i < copies; i++) {
            kept.add(load.get());
            Expected.check(kept.get(i), requests.subList(0, SOME), expected);
        }
        double megabytes = (heap() - before) / (double) (1 << 20) / copies;
        Expected.check(cold, requests.subList(0, SOME), expected);
        return new Loaded(kept.get(0), coldMs, warm[WARM / 2], firstMs, megabytes);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** Bytes in use after collections that find nothing more. */
    static long heap() {
        long before = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (before - now < SMALL) {
                return now;
            }
            before = now;
        }
        return before;
    }
}
