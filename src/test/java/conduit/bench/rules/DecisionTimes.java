package conduit.bench.rules;

import conduit.json.Json;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** JMH's part: one decision after the other, each about another request. {@link RuleBench} runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionTimes {

    /** How many rules. */
    @Param("100")
    public int size;
    /** How many of them match. */
    @Param("FEW")
    public Profile profile;
    /** One of {@link Engines} that runs in Java. */
    @Param(Engines.CONDUIT)
    public String engine;

    private Asked[] requests;
    private Function<Asked, String> rules;
    private int next;

    /** Loads and checks; what loading took goes into a file, as JMH returns times of decisions only. */
    @Setup
    public void load() throws IOException {
        BenchSet set = new BenchSet(size, profile);
        RuleMix mix = set.mix();
        List<Asked> asked = set.requests();
        Loaded loaded = Loaded.of(loader(engine, mix.rules()), asked, Expected.of(mix, asked),
                set.copies());
        requests = asked.toArray(Asked[]::new);
        rules = loaded.engine();
        Files.writeString(set.result(engine), Json.write(Map.of("coldMs", loaded.coldMs(), "warmMs", loaded.warmMs(),
                "firstMs", loaded.firstMs(), "megabytes", loaded.megabytes())));
    }

    private static Supplier<Function<Asked, String>> loader(String engine, List<BenchRule> rules) {
        if (engine.equals(Engines.SCAN)) {
            return () -> new LinearScan(rules)::decide;
        }
        String drl = ConduitRules.drl(rules, engine.equals(Engines.EQUALITY_LAST));
        return () -> ConduitRules.load(drl)::decide;
    }

    /** One decision. */
    @Benchmark
    public String decide() {
        if (next == requests.length) {
            next = 0;
        }
        return rules.apply(requests[next++]);
    }
}
