package conduit.bandit;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is believed of each model's quality in each context: the fold of a log, so that the same lines in the same order
 * give the same beliefs, bit for bit. A value: a judgement gives new beliefs.
 *
 * <p>A context's belief is a Beta distribution around its evidence, shrunk towards the model's overall quality. All
 * evidence of a cell is discounted at each judgement in it: a model that is not asked any more is slowly forgotten, and
 * so tried again. Source: discounted Thompson sampling, Raj and Kalyani (2017); shrinkage as in empirical Bayes.
 *
 * @param version the log's last line that is believed
 * @param priors  what is believed of a model before the first judgement
 */
public record Beliefs(long version, Tuning tuning, Map<String, Posterior> priors, SortedMap<Context, Cell> cells) {

    private static final Posterior UNKNOWN = new Posterior(1, 1, 0);

    /** Before the first judgement. */
    public static Beliefs none(Tuning tuning, Map<String, Posterior> priors) {
        return new Beliefs(0, tuning, Map.copyOf(priors), Collections.emptySortedMap());
    }

    /** The belief in one context. */
    public Posterior posterior(Context context, String model) {
        double mean = overall(model).mean();
        Evidence evidence = cell(context).of(model);
        double precision = evidence.precision();
        return new Posterior(tuning.shrinkage() * mean + precision * evidence.good(),
                tuning.shrinkage() * (1 - mean) + precision * evidence.bad(), evidence.count());
    }

    /** The belief over all contexts. */
    public Posterior overall(String model) {
        Posterior prior = priors.getOrDefault(model, UNKNOWN);
        double good = 0;
        double bad = 0;
        long count = 0;
        for (Cell cell : cells.values()) {
            Evidence evidence = cell.of(model);
            double precision = evidence.precision();
            good += precision * evidence.good();
            bad += precision * evidence.bad();
            count += evidence.count();
        }
        return new Posterior(prior.alpha() + good, prior.beta() + bad, count);
    }

    /**
     * The beliefs after these lines, in whatever order they come and however often; those that are believed already
     * change nothing.
     *
     * @throws IllegalArgumentException if a line is missing, or two different ones have one version
     */
    public Beliefs afterAll(Collection<? extends Entry> lines) {
        SortedMap<Long, Entry> sorted = new TreeMap<>();
        for (Entry line : lines) {
            Entry other = sorted.putIfAbsent(line.version(), line);
            if (other != null && !other.equals(line)) {
                throw new IllegalArgumentException("line " + line.version() + " is there as " + other + " and as "
                        + line);
            }
        }
        Beliefs beliefs = this;
        for (Entry line : sorted.tailMap(version + 1).values()) {
            beliefs = beliefs.after(line);
        }
        return beliefs;
    }

    /** The place that the next judgement of this context has in its cell. */
    public long place(Context context) {
        Cell cell = cells.get(seat(context));
        return cell == null ? 1 : cell.places() + 1;
    }

    /** The context whose cell holds what is known of this one. */
    public Context held(Context context) {
        return cells.containsKey(context) ? context : context.other();
    }

    private Cell cell(Context context) {
        Cell cell = cells.get(held(context));
        return cell == null ? Cell.born(version) : cell;
    }

    /**
     * The beliefs after one more line.
     *
     * @throws IllegalArgumentException if it is not the next one
     */
    public Beliefs after(Entry entry) {
        if (entry.version() != version + 1) {
            throw new IllegalArgumentException("line " + entry.version() + " does not follow line " + version);
        }
        if (entry instanceof Entry.Judged judged) {
            return judged(judged);
        }
        return entry instanceof Entry.Replaced replaced ? replaced(replaced) : renewed((Entry.NewVersion) entry);
    }

    private Beliefs judged(Entry.Judged line) {
        SortedMap<Context, Cell> next = new TreeMap<>(cells);
        Context seat = seat(line.context());
        Cell cell = next.getOrDefault(seat, Cell.born(line.version()));
        if (!next.containsKey(seat) && !hasRoom() && !seat.isOther()) {
            next.remove(idle());
        }
        next.put(seat, cell.judged(line.version(), line.model(), line.reward(), line.weight(), tuning.discount()));
        return new Beliefs(line.version(), tuning, priors, next);
    }

    /** Where the next judgement of this context is kept: its own cell, a free one, an idle one, else the shared one. */
    public Context seat(Context context) {
        return cells.containsKey(context) || hasRoom() || idle() != null ? context : context.other();
    }

    private boolean hasRoom() {
        return cells.size() < tuning.cells();
    }

    /** The cell that was left alone for longest, if that is long enough. */
    private Context idle() {
        return cells.entrySet().stream().filter(e -> !e.getKey().isOther())
                .min(Comparator.comparingLong(e -> e.getValue().touched()))
                .filter(e -> version - e.getValue().touched() >= tuning.patience()).map(Map.Entry::getKey).orElse(null);
    }

    private Beliefs replaced(Entry.Replaced line) {
        SortedMap<Context, Cell> next = new TreeMap<>(cells);
        Entry.Judged former = line.former();
        Cell cell = next.get(former.context());
        // A cell that was born later is another context's, or this one's second: what it held is gone.
        if (cell != null && cell.born() <= former.version()) {
            // The same bits on every machine, which Math.pow does not promise.
            double left = StrictMath.pow(tuning.discount(), Math.max(0, cell.places() - line.place()));
            next.put(former.context(), cell.changed(line.version(), former.model(), evidence -> evidence
                    .without(former.reward(), former.weight(), left).with(line.reward(), line.weight(), left)));
        }
        return new Beliefs(line.version(), tuning, priors, next);
    }

    private Beliefs renewed(Entry.NewVersion line) {
        SortedMap<Context, Cell> next = new TreeMap<>(cells);
        next.replaceAll((context, cell) -> cell.changed(line.version(), line.model(),
                evidence -> cell.of(line.former()).atMost(tuning.inherited())));
        return new Beliefs(line.version(), tuning, priors, next);
    }
}
