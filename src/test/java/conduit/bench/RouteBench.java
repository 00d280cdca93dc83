package conduit.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /v1/route} as an HTTP client sees it, with the shipped rules and a project that has limits, against
 * a route of the same server that answers at once. Both get the same bodies, in alternating blocks.
 */
public final class RouteBench {

    private static final int WARM_UP = Integer.getInteger("bench.warmup", 15_000);
    private static final int BLOCKS = Integer.getInteger("bench.blocks", 10);
    private static final int BLOCK = 500;
    private static final int BURST = 1_000;
    private static final int CONNECTIONS = 8;
    private static final String PROJECT = "{\"defaultModel\":\"claude-sonnet-5-5\","
            + "\"costLimits\":{\"daily\":500,\"monthly\":5000}}";

    private RouteBench() {
    }

    public static void main(String[] args) throws Exception {
        List<String> flags = List.of(System.getProperty("bench.flags", "-Xshare:auto").split(" "));
        try (BenchServer server = BenchServer.start(flags); HttpLoad http = new HttpLoad(server.port())) {
            put(server);
            Map<String, String> bodies = bodies();
            for (String body : bodies.values()) {
                HttpLoad.burst(server.port(), HttpLoad.post("/v1/route", body), CONNECTIONS,
                        WARM_UP / CONNECTIONS / bodies.size());
                HttpLoad.burst(server.port(), HttpLoad.post("/floor", body), CONNECTIONS,
                        WARM_UP / CONNECTIONS / bodies.size());
            }
            Table.title("POST /v1/route as a client sees it, " + BLOCKS * BLOCK + " calls each at concurrency 1, "
                    + BLOCKS * BURST * CONNECTIONS + " at " + CONNECTIONS);
            Table.head("decision by", "prompt", "p50 ms at 1", "p99 ms at 1", "1/s at " + CONNECTIONS,
                    "p99 ms at " + CONNECTIONS, "Conduit's CPU us a call");
            for (Map.Entry<String, String> body : bodies.entrySet()) {
                measure(server, http, body.getKey(), body.getValue());
            }
        }
    }

    private static void put(BenchServer server) throws IOException {
        byte[] put = new String(HttpLoad.post("/v1/projects/bench", PROJECT), java.nio.charset.StandardCharsets.UTF_8)
                .replaceFirst("^POST", "PUT").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (HttpLoad http = new HttpLoad(server.port())) {
            HttpLoad.Reply reply = http.send(put);
            if (reply.status() >= 300) {
                throw new IOException("the project was refused: " + reply.body());
            }
        }
    }

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (int length : new int[] {200, 20_000}) {
            String prompt = "The quick brown fox jumps over the lazy dog. ".repeat(length / 45 + 1).substring(0, length);
            bodies.put("rule | " + length, body("translation", prompt));
            bodies.put("bandit | " + length, body("question", prompt));
        }
        return bodies;
    }

    private static String body(String category, String prompt) {
        return "{\"project\":\"bench\",\"agent\":{\"id\":\"bench\",\"type\":\"support\"},\"user\":\"u1\",\"category\":\""
                + category + "\",\"prompt\":\"" + prompt + "\"}";
    }

    private static void measure(BenchServer server, HttpLoad http, String name, String body) throws Exception {
        byte[] route = HttpLoad.post("/v1/route", body);
        byte[] floor = HttpLoad.post("/floor", body);
        String expected = "\"source\":\"" + name.substring(0, name.indexOf(' ')) + "\"";
        String answer = http.send(route).body();
        if (!answer.contains(expected)) {
            throw new IOException("not " + expected + ": " + answer);
        }
        Samples routeOne = new Samples();
        Samples floorOne = new Samples();
        for (int i = 0; i < BLOCKS; i++) {
            routeOne.addAll(http.repeat(route, BLOCK));
            floorOne.addAll(http.repeat(floor, BLOCK));
        }
        Samples routeMany = new Samples();
        Samples floorMany = new Samples();
        Samples[] perSecond = {new Samples(), new Samples()};
        Samples[] cpu = {new Samples(), new Samples()};
        for (int i = 0; i < BLOCKS; i++) {
            routeMany.addAll(burst(server, route, perSecond[0], cpu[0]));
            floorMany.addAll(burst(server, floor, perSecond[1], cpu[1]));
        }
        row(name, routeOne, perSecond[0], routeMany, cpu[0]);
        row("floor | same body", floorOne, perSecond[1], floorMany, cpu[1]);
    }

    private static Samples burst(BenchServer server, byte[] request, Samples perSecond, Samples cpu) throws Exception {
        double before = server.cpuSeconds();
        HttpLoad.Burst burst = HttpLoad.burst(server.port(), request, CONNECTIONS, BURST);
        perSecond.add(burst.perSecond());
        cpu.add((server.cpuSeconds() - before) * 1e6 / (BURST * CONNECTIONS));
        return burst.latencies();
    }

    private static void row(String name, Samples one, Samples perSecond, Samples many, Samples cpu) {
        Table.row(name, Samples.text("%.3f", one.at(0.5)), Samples.text("%.3f", one.at(0.99)), perSecond.range("%.0f"),
                Samples.text("%.2f", many.at(0.99)), Samples.text("%.0f", cpu.at(0.5)));
    }
}
