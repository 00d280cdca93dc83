package conduit.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured values, of which percentiles are told as text. */
final class Samples {

    private double[] values = new double[1024];
    private int size;

    synchronized void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    synchronized void addAll(Samples others) {
        for (int i = 0; i < others.size; i++) {
            add(others.values[i]);
        }
    }

    synchronized int size() {
        return size;
    }

    /** @param share 0.5 for the median, 0.99 for p99, 0 and 1 for the extremes */
    synchronized double at(double share) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1, Math.max(0, Math.ceil(share * size) - 1))];
    }

    /** Median, smallest and largest, as {@code 4.21 (4.02-5.10)}. */
    String range(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", at(0.5), at(0), at(1));
    }

    /** One percentile. */
    String share(String format, double share) {
        return text(format, (Object) at(share));
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
