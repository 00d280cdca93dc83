package conduit.bench;

import conduit.files.Inbox;
import conduit.files.WholeFiles;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A flood of files in one project, and what another project's calls and files wait beside it. A call's wait is all that is
 * not its process: the caller's time less the answer's latencyMs. Beside it what the flood costs in memory, threads and
 * processor time, and what one look at so many files costs.
 */
public final class FloodBench {

    private static final int FILES = Integer.getInteger("bench.files", 10_000);
    private static final int CALLS = Integer.getInteger("bench.calls", 60);
    private static final int LATENCY_MS = Integer.getInteger("bench.latency", 500);
    private static final int CONCURRENCY = 4;
    private static final String MARKER = "[[sim:latency=" + LATENCY_MS + "]]";

    private FloodBench() {
    }

    public static void main(String[] args) throws Exception {
        poll();
        try (BenchServer server = BenchServer.start(List.of("-XX:+UseSerialGC"), "conduit.claude.concurrency=" + CONCURRENCY)) {
            for (String project : List.of("flood", "other")) {
                try (HttpLoad connection = new HttpLoad(server.port())) {
                    connection.send(HttpLoad.put("/v1/projects/" + project, "{\"defaultModel\":\"claude-haiku-5-5\"}"));
                }
            }
            HttpLoad.burst(server.port(), HttpLoad.post("/v1/complete", "{\"prompt\":\"Hello\"}"), CONCURRENCY, 300);
            Table.title("Flood: " + FILES + " files of one project, calls of " + LATENCY_MS + " ms, " + CONCURRENCY + " places");
            Table.head("", "wait of another project's HTTP call, p50 ms", "largest ms", "as a share of one call, p50", "largest",
                    "from a file to its answer, p50 ms", "largest ms", "Conduit's CPU ms a call", "heap MB", "threads");
            row("nothing else", server);
            Path flood = Files.createDirectories(server.home().resolve("inbox/flood"));
            for (int i = 0; i < FILES; i++) {
                Files.writeString(flood.resolve("f" + i + ".json"), "{\"prompt\":\"Hello " + i + MARKER + "\"}");
            }
            while (answered(server) < 2 * CONCURRENCY) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            row("the flood", server);
            Table.notes(List.of(answered(server) + " files of the flood were answered meanwhile."));
        }
    }

    private static void row(String name, BenchServer server) throws Exception {
        Samples waits = new Samples();
        Samples shares = new Samples();
        Samples files = new Samples();
        double cpu = server.cpuSeconds();
        long answered = answered(server);
        try (HttpLoad connection = new HttpLoad(server.port())) {
            for (int i = 0; i < CALLS; i++) {
                long start = System.nanoTime();
                HttpLoad.Reply reply = connection.send(HttpLoad.post("/v1/complete",
                        "{\"project\":\"other\",\"prompt\":\"Hello " + MARKER + "\"}"));
                double took = (System.nanoTime() - start) / 1e6;
                if (reply.status() != 200) {
                    throw new IOException(reply.status() + " " + reply.body());
                }
                double latency = Double.parseDouble(reply.body().replaceAll("(?s).*\"latencyMs\":(\\d+).*", "$1"));
                waits.add(took - latency);
                shares.add((took - latency) / latency);
                if (i % 6 == 0) {
                    files.add(file(server, name.replace(' ', '-') + i));
                }
            }
        }
        double calls = CALLS + files.size() + answered(server) - answered;
        Table.row(name, waits.share("%.0f", 0.5), waits.share("%.0f", 1), shares.share("%.2f", 0.5), shares.share("%.2f", 1),
                files.share("%.0f", 0.5), files.share("%.0f", 1), Samples.text("%.1f", (server.cpuSeconds() - cpu) * 1_000 / calls),
                Samples.text("%.0f", server.heapMegabytes()), Integer.toString(server.threads()));
    }

    private static double file(BenchServer server, String name) throws Exception {
        Path draft = Files.createDirectories(server.home().resolve("inbox/other")).resolve("." + name);
        Path answer = server.home().resolve("outbox/other/" + name + ".json");
        Files.writeString(draft, "Hello " + MARKER);
        Files.move(draft, draft.resolveSibling(name + ".txt"));
        long start = System.nanoTime();
        while (!Files.exists(answer)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static long answered(BenchServer server) throws IOException {
        Path outbox = server.home().resolve("outbox/flood");
        if (!Files.isDirectory(outbox)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    /** What the choice before a poll costs beside a folder of so many files. */
    private static void poll() throws Exception {
        Path home = Files.createTempDirectory("conduit-flood");
        try {
            Path flood = Files.createDirectories(home.resolve("inbox/flood"));
            for (int i = 0; i < FILES; i++) {
                Files.writeString(flood.resolve("f" + i + ".json"), "{\"prompt\":\"Hello\"}");
            }
            TimeUnit.SECONDS.sleep(1);
            Samples first = new Samples();
            Samples next = new Samples();
            for (int round = 0; round < 30; round++) {
                Inbox inbox = new Inbox(home.resolve("inbox"), new WholeFiles(home.resolve("inbox"), Clock.systemUTC()),
                        Inbox.Bounds.of(CONCURRENCY));
                first.add(choose(inbox));
                next.add(choose(inbox));
            }
            Table.title("One choice among " + FILES + " files, ms of CPU");
            Table.head("", "median of 30", "largest");
            Table.row("with a listing of the folder", first.share("%.1f", 0.5), first.share("%.1f", 1));
            Table.row("without", next.share("%.2f", 0.5), next.share("%.2f", 1));
        } finally {
            BenchServer.delete(home);
        }
    }

    private static double choose(Inbox inbox) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (inbox.choose().size() != 2 * CONCURRENCY) {
            throw new IllegalStateException("too few were chosen");
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
    }
}
