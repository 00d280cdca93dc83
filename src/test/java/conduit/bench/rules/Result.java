package conduit.bench.rules;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.IOException;
import java.nio.file.Files;

/**
 * What was measured of an engine with a set of rules.
 *
 * @param p50 microseconds a decision
 * @param p99 the same
 */
record Result(BenchSet set, String engine, double p50, double p99, Load load) {

    /** Milliseconds, and megabytes that one more set keeps. */
    record Load(double coldMs, double warmMs, double firstMs, double megabytes) {
    }

    /** Of an engine in Java, whose times of decisions JMH has. */
    static Result of(BenchSet set, String engine, double p50, double p99) throws IOException {
        return new Result(set, engine, p50, p99, load(file(set, engine)));
    }

    /** Of an engine on Node. */
    static Result of(BenchSet set, String engine) throws IOException {
        JsonNode file = file(set, engine);
        return new Result(set, engine, file.path("p50").asDouble(), file.path("p99").asDouble(), load(file));
    }

    private static JsonNode file(BenchSet set, String engine) throws IOException {
        return Json.tree(Files.readString(set.result(engine)));
    }

    private static Load load(JsonNode file) {
        return new Load(file.path("coldMs").asDouble(), file.path("warmMs").asDouble(),
                file.path("firstMs").asDouble(), file.path("megabytes").asDouble());
    }
}
