package conduit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From {@code java -jar} to the first answer of {@code POST /v1/complete}, and the memory then and 1,000 requests
 * later, for several flags of the JVM. {@code -Dbench.runs=5}; {@code -Dbench.only=archive} takes only the flags
 * whose name contains the word.
 */
public final class StartBench {

    private static final int RUNS = Integer.getInteger("bench.runs", 5);
    private static final String ONLY = System.getProperty("bench.only", "");
    private static final int REQUESTS = 1_000;

    private StartBench() {
    }

    public static void main(String[] args) throws Exception {
        Path archive = Files.createTempDirectory("conduit-archive").resolve("conduit.jsa");
        try {
            Map<String, List<String>> flags = flags(archive);
            flags.keySet().removeIf(name -> !name.contains(ONLY));
            if (flags.values().stream().flatMap(List::stream).anyMatch(flag -> flag.contains(archive.toString()))) {
                train(archive);
            }
            run(flags);
        } finally {
            BenchServer.delete(archive.getParent());
        }
    }

    private static Map<String, List<String>> flags(Path archive) {
        String shared = "-XX:SharedArchiveFile=" + archive;
        Map<String, List<String>> flags = new LinkedHashMap<>();
        flags.put("none", List.of());
        flags.put("serial, -Xmx256m", List.of("-XX:+UseSerialGC", "-Xmx256m"));
        flags.put("C1, serial, -Xmx256m", List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        flags.put("archive, serial, -Xmx256m", List.of(shared, "-XX:+UseSerialGC", "-Xmx256m"));
        flags.put("archive, C1, serial, -Xmx256m",
                List.of(shared, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        return flags;
    }

    /**
     * Makes an archive of the classes that a start and an answer load. Lambdas are left out: with those of this class
     * path JDK 17 crashes while it writes the archive, as it does with -XX:ArchiveClassesAtExit.
     */
    private static void train(Path archive) throws Exception {
        Path classes = archive.resolveSibling("classes.txt");
        BenchServer.start(List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + classes)).close();
        List<String> kept = Files.readAllLines(classes).stream().filter(line -> !line.startsWith("@lambda")).toList();
        Files.write(classes, kept);
        Process dump = new ProcessBuilder(BenchServer.java(), "-XX:+UseSerialGC", "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + archive, "-cp", BenchServer.JAR)
                .redirectErrorStream(true).redirectOutput(archive.resolveSibling("dump.log").toFile()).start();
        if (dump.waitFor() != 0) {
            throw new IllegalStateException("the JVM left no archive: "
                    + Files.readString(archive.resolveSibling("dump.log")));
        }
        System.out.printf("The archive has %d MB.%n", Files.size(archive) >> 20);
    }

    private static void run(Map<String, List<String>> flags) throws Exception {
        Map<String, Samples[]> all = new LinkedHashMap<>();
        flags.keySet().forEach(name -> all.put(name,
                new Samples[] {new Samples(), new Samples(), new Samples(), new Samples()}));
        for (int run = 0; run < RUNS; run++) {
            for (Map.Entry<String, List<String>> one : flags.entrySet()) {
                String line = measure(one.getValue(), all.get(one.getKey()));
                System.err.println("run " + (run + 1) + ", " + one.getKey() + ": " + line);
            }
        }
        Table.title("Start to the first answer: median (smallest-largest) of " + RUNS + " runs");
        Table.head("JVM flags", "wall s", "CPU s", "RSS MB", "RSS MB after " + REQUESTS + " requests");
        all.forEach((name, s) -> Table.row(name, s[0].range("%.1f"), s[1].range("%.1f"), s[2].range("%.0f"),
                s[3].range("%.0f")));
    }

    private static String measure(List<String> flags, Samples[] into) throws Exception {
        try (BenchServer server = BenchServer.start(flags)) {
            into[0].add(server.startSeconds());
            into[1].add(server.startCpuSeconds());
            into[2].add(server.startMegabytes());
            HttpLoad.burst(server.port(), HttpLoad.post("/v1/complete", "{\"prompt\":\"Hello\"}"), 2, REQUESTS / 2);
            server.awaitRecorded(REQUESTS + 1);
            TimeUnit.MILLISECONDS.sleep(500);
            into[3].add(server.megabytes());
            return Samples.text("%.1f s, %.2f CPU s, %.0f MB, then %.0f MB", server.startSeconds(),
                    server.startCpuSeconds(), server.startMegabytes(), server.megabytes());
        }
    }
}
