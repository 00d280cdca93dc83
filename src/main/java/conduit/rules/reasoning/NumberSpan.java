package conduit.rules.reasoning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a number may be: closed ranges in rising order that don't touch. */
final class NumberSpan implements Span {

    private final Scale scale;
    /** The lowest and highest number of each range in turn. */
    private final double[] ends;

    /**
     * The numbers that a fact can be at all.
     *
     * @param whole whether it is never a fraction
     */
    record Scale(double lowest, double highest, boolean whole) {

        double above(double number) {
            return whole ? Math.floor(number) + 1 : Math.nextUp(number);
        }

        double below(double number) {
            return whole ? Math.ceil(number) - 1 : Math.nextDown(number);
        }

        NumberSpan between(double low, double high) {
            double from = Math.max(lowest, whole ? Math.ceil(low) : low);
            double to = Math.min(highest, whole ? Math.floor(high) : high);
            return new NumberSpan(this, from <= to ? new double[] {from, to} : new double[0]);
        }

        NumberSpan all() {
            return between(lowest, highest);
        }
    }

    private NumberSpan(Scale scale, double[] ends) {
        this.scale = scale;
        this.ends = ends;
    }

    @Override
    public NumberSpan and(Span other) {
        double[] theirs = ((NumberSpan) other).ends;
        double[] both = new double[ends.length + theirs.length];
        int count = 0;
        for (int i = 0, j = 0; i < ends.length && j < theirs.length; ) {
            double from = Math.max(ends[i], theirs[j]);
            double to = Math.min(ends[i + 1], theirs[j + 1]);
            if (from <= to) {
                both[count++] = from;
                both[count++] = to;
            }
            if (ends[i + 1] < theirs[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new NumberSpan(scale, Arrays.copyOf(both, count));
    }

    @Override
    public boolean meets(Span other) {
        double[] theirs = ((NumberSpan) other).ends;
        for (int i = 0, j = 0; i < ends.length && j < theirs.length; ) {
            if (Math.max(ends[i], theirs[j]) <= Math.min(ends[i + 1], theirs[j + 1])) {
                return true;
            }
            if (ends[i + 1] < theirs[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return false;
    }

    @Override
    public Optional<Span> or(Span other) {
        List<double[]> ranges = new ArrayList<>();
        for (double[] some : List.of(ends, ((NumberSpan) other).ends)) {
            for (int i = 0; i < some.length; i += 2) {
                ranges.add(new double[] {some[i], some[i + 1]});
            }
        }
        ranges.sort(Comparator.comparingDouble(range -> range[0]));
        double[] either = new double[2 * ranges.size()];
        int count = 0;
        for (double[] range : ranges) {
            if (count > 0 && range[0] <= scale.above(either[count - 1])) {
                either[count - 1] = Math.max(either[count - 1], range[1]);
            } else {
                either[count++] = range[0];
                either[count++] = range[1];
            }
        }
        return Optional.of(new NumberSpan(scale, Arrays.copyOf(either, count)));
    }

    /** What it may be where this does not hold. */
    NumberSpan not() {
        double[] others = new double[ends.length + 2];
        int count = 0;
        double from = scale.lowest;
        for (int i = 0; i < ends.length; i += 2) {
            if (from < ends[i]) {
                others[count++] = from;
                others[count++] = scale.below(ends[i]);
            }
            from = scale.above(ends[i + 1]);
        }
        if (from <= scale.highest && (ends.length == 0 || ends[ends.length - 1] < scale.highest)) {
            others[count++] = from;
            others[count++] = scale.highest;
        }
        return new NumberSpan(scale, Arrays.copyOf(others, count));
    }

    @Override
    public boolean isEmpty() {
        return ends.length == 0;
    }

    boolean isEverything() {
        return not().isEmpty();
    }
}
