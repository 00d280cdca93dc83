package conduit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The packaged jar as a process of its own, in a home of its own, with the demo profile. */
final class BenchServer implements AutoCloseable {

    static final Path PROJECT = Path.of("").toAbsolutePath();
    /** The jar to measure; {@code -Dbench.jar=…} takes another build's. */
    static final String JAR = System.getProperty("bench.jar", PROJECT.resolve("target/conduit.jar").toString());

    private static final long START_LIMIT_MS = 90_000;
    private static final double TICKS_PER_SECOND = 100;
    private static final byte[] HELLO = HttpLoad.post("/v1/complete", "{\"prompt\":\"Hello\"}");
    private static final String FLOOR = """
            - route:
                id: floor
                description: Answers at once, as the floor that other routes are measured against
                from:
                  uri: platform-http:/floor
                  parameters: {httpMethodRestrict: POST}
                  steps:
                    - setBody: {constant: "{}"}
            """;

    private final Path home;
    private final Process process;
    private final int port;
    private final int management;
    private final double startSeconds;
    private final double startCpuSeconds;
    private final double startMegabytes;

    private BenchServer(String jar, Path home, List<String> flags, List<String> settings) throws Exception {
        this.home = home;
        port = freePort();
        management = freePort();
        List<String> line = new ArrayList<>(List.of(java()));
        line.addAll(flags);
        line.addAll(List.of("-Dconduit.profile=demo", "-Dconduit.home=" + home, "-Dconduit.http.port=" + port,
                "-Dconduit.management.port=" + management, "-Dconduit.broker.port=" + freePort(),
                "-Dconduit.http.line=200"));
        settings.forEach(setting -> line.add("-D" + setting));
        line.addAll(List.of("-jar", jar));
        long start = System.nanoTime();
        process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(home.resolve("log").toFile())
                .start();
        awaitFirstAnswer();
        startSeconds = (System.nanoTime() - start) / 1e9;
        startCpuSeconds = cpuSeconds();
        startMegabytes = megabytes();
    }

    /**
     * Starts it and waits for its first answer to {@code POST /v1/complete}.
     *
     * @param flags    for the JVM
     * @param settings such as {@code conduit.claude.concurrency=8}
     */
    static BenchServer start(List<String> flags, String... settings) throws Exception {
        return start(JAR, flags, settings);
    }

    static BenchServer start(String jar, List<String> flags, String... settings) throws Exception {
        if (!Files.exists(Path.of(jar))) {
            throw new IllegalStateException(jar + " is missing; build it with: mvn -DskipTests package");
        }
        Path home = Files.createTempDirectory("conduit-bench");
        try {
            for (String folder : List.of("routes", "rules", "src/simulator")) {
                copy(PROJECT.resolve(folder), home.resolve(folder));
            }
            Files.writeString(home.resolve("routes/99-floor.camel.yaml"), FLOOR);
            return new BenchServer(jar, home, flags, Arrays.asList(settings));
        } catch (Exception e) {
            delete(home);
            throw e;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitFirstAnswer() throws Exception {
        long deadline = System.currentTimeMillis() + START_LIMIT_MS;
        while (System.currentTimeMillis() < deadline && process.isAlive()) {
            try (HttpLoad connection = new HttpLoad(port)) {
                if (connection.send(HELLO).status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        process.destroyForcibly();
        throw new IOException("no answer came:\n" + Files.readString(home.resolve("log")));
    }

    int port() {
        return port;
    }

    Path home() {
        return home;
    }

    /** Wall-clock seconds from the start of the process to its first answer. */
    double startSeconds() {
        return startSeconds;
    }

    /** CPU seconds of the whole process up to its first answer. */
    double startCpuSeconds() {
        return startCpuSeconds;
    }

    /** Resident megabytes at the first answer. */
    double startMegabytes() {
        return startMegabytes;
    }

    /** User and system time of the process until now, all threads, without its children's. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Resident megabytes (VmRSS) now. */
    double megabytes() throws IOException {
        return status("VmRSS:") / 1024.0;
    }

    /** Threads now. */
    int threads() throws IOException {
        return (int) status("Threads:");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(name)).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElseThrow();
    }

    /** Megabytes of live objects, behind a collection; the server must run with {@code -XX:+UseSerialGC}. */
    double heapMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        double kilobytes = 0;
        for (String line : jcmd("GC.heap_info").split("\n")) {
            if (line.contains("generation")) {
                kilobytes += Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1"));
            }
        }
        return kilobytes / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }

    /** A metric's value now, by its name as Prometheus has it; 0 where it is not there. */
    double metric(String name) throws IOException {
        try (HttpLoad connection = new HttpLoad(management)) {
            return connection.send(HttpLoad.get("/observe/metrics")).body().lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
        }
    }

    /** How many requests the ledger has recorded as done. */
    long recorded() throws IOException {
        try (HttpLoad connection = new HttpLoad(port)) {
            String body = connection.send(HttpLoad.get("/v1/usage?groupBy=source")).body();
            String total = body.substring(body.indexOf("\"total\""));
            return Long.parseLong(total.replaceAll("(?s).*?\"requests\":(\\d+).*", "$1"));
        }
    }

    /** Waits until this many requests are recorded. */
    void awaitRecorded(long requests) throws Exception {
        long deadline = System.currentTimeMillis() + START_LIMIT_MS;
        while (recorded() < requests) {
            if (System.currentTimeMillis() > deadline) {
                throw new IOException(recorded() + " requests are recorded, not " + requests);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly().onExit().join();
        }
        delete(home);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
