package conduit.bench;

import java.util.List;

/**
 * What Conduit adds to one call at a time: {@code POST /v1/complete} and the bare simulator in alternating blocks of
 * 20, so that both see the same machine, and Conduit's own recording behind an answer falls on Conduit's next one.
 */
public final class OverheadBench {

    private static final int WARM_UP = Integer.getInteger("bench.warmup", 1_500);
    private static final int BLOCKS = Integer.getInteger("bench.blocks", 60);
    private static final int BLOCK = 20;
    private static final String PROMPT = "Translate into French: the bill is due on the first of the month.";

    private OverheadBench() {
    }

    public static void main(String[] args) throws Exception {
        List<String> flags = List.of(System.getProperty("bench.flags", "-Xshare:auto").split(" "));
        try (BenchServer server = BenchServer.start(flags); HttpLoad http = new HttpLoad(server.port())) {
            byte[] request = HttpLoad.post("/v1/complete", "{\"category\":\"translation\",\"prompt\":\"" + PROMPT + "\"}");
            Direct direct = new Direct(server.home(), "claude-haiku-5-5", PROMPT);
            http.repeat(request, WARM_UP);
            direct.repeat(WARM_UP / 5);
            Samples conduit = new Samples();
            Samples bare = new Samples();
            for (int i = 0; i < BLOCKS; i++) {
                conduit.addAll(http.repeat(request, BLOCK));
                server.awaitRecorded(1 + WARM_UP + (i + 1L) * BLOCK);
                bare.addAll(direct.repeat(BLOCK));
            }
            Table.title("Added to a request, concurrency 1, " + conduit.size() + " calls each, after " + WARM_UP);
            Table.head("milliseconds", "p50", "p90", "p99", "largest");
            row("POST /v1/complete", conduit);
            row("the simulator directly", bare);
            Table.row("added", added(conduit, bare, 0.5), added(conduit, bare, 0.9), added(conduit, bare, 0.99),
                    added(conduit, bare, 1));
        }
    }

    private static String added(Samples conduit, Samples bare, double share) {
        return Samples.text("%.2f", conduit.at(share) - bare.at(share));
    }

    private static void row(String name, Samples samples) {
        Table.row(name, Samples.text("%.2f", samples.at(0.5)), Samples.text("%.2f", samples.at(0.9)),
                Samples.text("%.2f", samples.at(0.99)), Samples.text("%.2f", samples.at(1)));
    }
}
