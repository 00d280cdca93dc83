package conduit.bench;

import java.util.List;

/**
 * Requests a second of {@code POST /v1/complete} at saturation, against a bare ProcessBuilder loop with as many
 * threads on the same command, in alternating rounds. A round of Conduit ends when its last usage row is recorded.
 * The simulator answers at once, so that processors are all that counts, and then again after 200 ms, as a quick
 * model would.
 */
public final class ThroughputBench {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
    private static final int REQUESTS = Integer.getInteger("bench.requests", 800);
    private static final int WARM_UP_ROUNDS = Integer.getInteger("bench.warmup", 4);
    private static final String PROMPT = "Translate into French: the bill is due on the first of the month.";

    private ThroughputBench() {
    }

    public static void main(String[] args) throws Exception {
        Table.title("Throughput: median (smallest-largest) of " + ROUNDS + " rounds of " + REQUESTS + " requests");
        Table.head("concurrency", "the simulator takes", "POST /v1/complete, 1/s", "bare loop, 1/s", "ratio of the medians",
                "Conduit's own CPU ms a request");
        for (int concurrency : new int[] {2, 4, 8}) {
            measure(concurrency, 0, REQUESTS / concurrency);
        }
        measure(8, 200, Math.max(1, REQUESTS / 40));
    }

    private static void measure(int concurrency, int latencyMs, int each) throws Exception {
        List<String> flags = List.of(System.getProperty("bench.flags", "-Xshare:auto").split(" "));
        try (BenchServer server = BenchServer.start(flags, "conduit.claude.concurrency=" + concurrency)) {
            String prompt = PROMPT + (latencyMs == 0 ? "" : "[[sim:latency=" + latencyMs + "]]");
            byte[] request = HttpLoad.post("/v1/complete", "{\"category\":\"translation\",\"prompt\":\"" + prompt + "\"}");
            Direct direct = new Direct(server.home(), "claude-haiku-5-5", prompt);
            long recorded = 1;
            Samples conduit = new Samples();
            Samples bare = new Samples();
            Samples cpu = new Samples();
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double before = server.cpuSeconds();
                long start = System.nanoTime();
                HttpLoad.burst(server.port(), request, concurrency, each);
                recorded += (long) each * concurrency;
                server.awaitRecorded(recorded);
                double perSecond = each * concurrency / ((System.nanoTime() - start) / 1e9);
                double used = (server.cpuSeconds() - before) * 1_000 / (each * concurrency);
                double loop = HttpLoad.together(concurrency, () -> direct.repeat(each)).perSecond();
                if (round >= 0) {
                    conduit.add(perSecond);
                    bare.add(loop);
                    cpu.add(used);
                }
            }
            Table.row(Integer.toString(concurrency), latencyMs + " ms", conduit.range("%.0f"), bare.range("%.0f"),
                    Samples.text("%.0f %%", 100 * conduit.at(0.5) / bare.at(0.5)), cpu.range("%.2f"));
        }
    }
}
