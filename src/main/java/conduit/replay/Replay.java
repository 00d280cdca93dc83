package conduit.replay;

import conduit.bandit.Terms;
import conduit.bandit.Tuning;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Runs every policy over a recording. */
public final class Replay {

    /**
     * What is tried.
     *
     * @param requests   a run, 1 or more
     * @param runs       1 or more; run i of a policy has the seed + i, so that all policies see the same queries
     * @param labels     the share of answers that are judged, 0 to 1
     * @param warm       judged answers of models chosen by lot that a learner sees before its first request
     * @param minQuality the share of the baseline's quality that {@code guarantee} holds
     */
    public record Setting(int requests, int runs, long seed, double labels, int warm, double minQuality, Tuning tuning,
                          Terms terms) {
    }

    /** Told after each run. */
    public interface Progress {
        void done(String policy, int runs, int of);
    }

    private Replay() {
    }

    /** The names of the policies, in the order in which they are told. */
    public static List<String> names(Recording recording, Setting setting) {
        return Policies.all(recording, setting).stream().map(Policies.Named::name).toList();
    }

    /** Runs all policies, or those named, on all processors; the same setting gives the same results. */
    public static List<Result> run(Recording recording, Setting setting, List<String> names, Progress progress) {
        return Policies.all(recording, setting).stream().filter(p -> names.contains(p.name())).map(policy -> {
            AtomicInteger done = new AtomicInteger();
            List<Run> runs = IntStream.range(0, setting.runs()).parallel().mapToObj(i -> {
                Run run = Run.of(recording, policy.make().get(), setting, setting.seed() + i);
                progress.done(policy.name(), done.incrementAndGet(), setting.runs());
                return run;
            }).toList();
            return Result.of(policy.name(), policy.lambda(), runs);
        }).toList();
    }
}
