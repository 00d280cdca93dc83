package conduit.bench.rules;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares rule engines: decisions, loads and memory, for 10 to 5,000 rules of which few or most match, with every
 * decision of every engine checked against the plain scan's. {@code -Dbench.sizes=10,100 -Dbench.rounds=1} is the
 * short version; a round is half a second of warm-up and half a second of measuring. {@code -Dbench.node=false} leaves
 * the engines on Node out, {@code -Dbench.expressions=false} the regular expressions (zen compiles each at each
 * decision).
 */
public final class RuleBench {

    private static final int[] SIZES = Stream.of(System.getProperty("bench.sizes", "10,100,1000,5000").split(","))
            .mapToInt(Integer::parseInt).toArray();
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 16);
    private static final int ROUND_MS = 500;
    private static final int FEW_RULES = 100;
    private static final boolean NODE = !"false".equals(System.getProperty("bench.node"));

    private RuleBench() {
    }

    public static void main(String[] args) throws Exception {
        if (NODE) {
            NodeEngines.install();
        }
        List<Result> results = new ArrayList<>();
        for (int size : SIZES) {
            for (Profile profile : Profile.values()) {
                BenchSet set = new BenchSet(size, profile);
                set.write();
                for (String engine : engines(set)) {
                    results.add(measure(set, engine));
                    Result last = results.get(results.size() - 1);
                    System.err.printf("%d rules, %s, %s: %.1f / %.1f us%n", size, profile.text(), engine, last.p50(),
                            last.p99());
                }
            }
        }
        Report.print(results, ROUNDS * ROUND_MS / 1e3);
    }

    /** The order within a pattern is of interest where many patterns are tried. */
    private static List<String> engines(BenchSet set) {
        boolean tries = set.profile() == Profile.FEW && set.size() > FEW_RULES;
        return Engines.ALL.stream().filter(engine -> NODE || !Engines.ON_NODE.contains(engine))
                .filter(engine -> tries || !engine.equals(Engines.EQUALITY_LAST)).toList();
    }

    private static Result measure(BenchSet set, String engine) throws Exception {
        if (Engines.ON_NODE.contains(engine)) {
            NodeEngines.measure(engine, set, ROUNDS * ROUND_MS);
            return Result.of(set, engine);
        }
        Statistics times = inJava(set, engine);
        return Result.of(set, engine, times.getPercentile(50), times.getPercentile(99));
    }

    private static Statistics inJava(BenchSet set, String engine) throws RunnerException {
        List<RunResult> runs = List.copyOf(new Runner(new OptionsBuilder().include(DecisionTimes.class.getName())
                .param("size", Integer.toString(set.size())).param("profile", set.profile().name())
                .param("engine", engine).forks(1).threads(1).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .warmupIterations(ROUNDS).warmupTime(TimeValue.milliseconds(ROUND_MS))
                .measurementIterations(ROUNDS).measurementTime(TimeValue.milliseconds(ROUND_MS)).build()).run());
        return runs.get(0).getPrimaryResult().getStatistics();
    }
}
