package conduit.bench.rules;

import conduit.json.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One set of rules with its requests, the same for every engine and in every process. */
record BenchSet(int size, Profile profile) {

    private static final int REQUESTS = 2_000;
    /** Where a slow engine needs a minute to check as many. */
    private static final int FEWER_REQUESTS = 1_000;
    private static final int MANY_RULES = 1_000;
    /** Whether regular expressions are in the mix; an engine that compiles them each time spends its time on that. */
    static final boolean EXPRESSIONS = !"false".equals(System.getProperty("bench.expressions"));
    private static final int MOST_COPIES = 20;
    private static final int COPIED_RULES = 3_000;
    private static final long SEED = 20_261_121;
    private static final Path ROOT = Path.of("target/rules-bench").toAbsolutePath();

    RuleMix mix() {
        RuleMix mix = RuleMix.of(size, profile, SEED);
        return EXPRESSIONS ? mix : mix.withoutExpressions();
    }

    List<Asked> requests() {
        return RequestMix.of(mix(), size > MANY_RULES ? FEWER_REQUESTS : REQUESTS);
    }

    /** How many copies are loaded to tell the memory of one. */
    int copies() {
        return Math.max(1, Math.min(MOST_COPIES, COPIED_RULES / size));
    }

    /** Where its files lie. */
    Path folder() {
        return ROOT.resolve(size + "-" + profile.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** What an engine measured of itself, in a file beside the rules. */
    Path result(String engine) {
        return folder().resolve(engine + ".json");
    }

    /** Writes what Node reads and takes earlier results away. */
    void write() throws IOException {
        Files.createDirectories(folder());
        for (String engine : Engines.ALL) {
            Files.deleteIfExists(result(engine));
        }
        RuleMix mix = mix();
        List<Asked> requests = requests();
        put("requests.json", requests.stream().map(Asked::fields).toList());
        put("expected.json", Expected.of(mix, requests));
        put("json-rules-engine-rules.json", NodeRules.jsonRulesEngine(mix.rules()));
        put("zen-rules.json", NodeRules.zen(mix.rules()));
        Files.writeString(folder().resolve("rules.drl"), ConduitRules.drl(mix.rules(), false));
    }

    private void put(String file, Object value) throws IOException {
        Files.writeString(folder().resolve(file), Json.write(value));
    }
}
