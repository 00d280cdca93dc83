package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The packaged jar as a process of its own, which a test can stop, kill and start again on the same home. */
final class ConduitProcess implements AutoCloseable {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path JAR = PROJECT.resolve("target/conduit.jar");
    private static final long PATIENCE_S = 60;
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> prefix = List.of();
    private Process process;

    private ConduitProcess(Path home) {
        this.home = home;
    }

    /** What came of a run that ended by itself. */
    record Ended(int exit, String out, String errors) {
    }

    static ConduitProcess in(Path home) throws IOException {
        for (String folder : new String[] {"routes", "rules"}) {
            Files.createDirectories(home.resolve(folder));
            try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, home.resolve(folder).resolve(file.getFileName()));
                }
            }
        }
        return new ConduitProcess(home).set("conduit.home", home.toString())
                .set("conduit.claude.command", PROJECT.resolve("src/simulator/claude").toString())
                .set("conduit.http.port", ConduitRig.freePort()).set("conduit.management.port", ConduitRig.freePort())
                .set("conduit.broker.port", ConduitRig.freePort()).set("conduit.zone", "UTC")
                .set("conduit.claude.env.CLAUDE_SIMULATOR_LOG", home.resolve("simulator.log").toString());
    }

    ConduitProcess set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    ConduitProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs Java by way of another command, such as prlimit. */
    ConduitProcess by(String... command) {
        prefix = List.of(command);
        return this;
    }

    String setting(String key) {
        return settings.get(key);
    }

    String brokerUrl() {
        return "tcp://127.0.0.1:" + settings.get("conduit.broker.port");
    }

    private void launch(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1"));
        settings.forEach((key, value) -> line.add("-D" + key + "=" + value));
        line.addAll(List.of("-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(home.toFile())
                .redirectOutput(home.resolve("out.log").toFile()).redirectError(home.resolve("errors.log").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts the server and waits until it serves. */
    ConduitProcess start() throws IOException {
        return begin().awaitReady();
    }

    /** Starts the server. */
    ConduitProcess begin() throws IOException {
        launch();
        return this;
    }

    ConduitProcess awaitReady() {
        eventually(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            assertThat(get("/v1/projects").path("projects")).isNotEmpty();
            assertThat(log()).contains("Conduit is ready");
        });
        return this;
    }

    /** What it said since its start. */
    String log() throws IOException {
        return Files.readString(home.resolve("out.log")) + Files.readString(home.resolve("errors.log"));
    }

    /** Whether it ended by itself within this time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Runs it to its own end. */
    Ended run(String... arguments) throws Exception {
        launch(arguments);
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
        return new Ended(process.exitValue(), Files.readString(home.resolve("out.log")),
                Files.readString(home.resolve("errors.log")));
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As kill does: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The largest file that it may write from now on, as on a disk that is full. */
    void limitFiles(String bytes) throws Exception {
        // The soft limit only: taking a hard one back needs a privilege.
        Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
                .redirectErrorStream(true).start();
        String said = new String(limit.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(limit.waitFor()).as(said).isZero();
    }

    /** Whether its own check of this name is UP, and what it says. */
    String check(String name) throws Exception {
        for (JsonNode check : health().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("status").asText() + " " + check.path("message").asText();
            }
        }
        return "not there";
    }

    void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.get("conduit.http.port") + path));
    }

    /** The health report: status, and each check. */
    JsonNode health() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + settings.get("conduit.management.port") + "/observe/health");
        return ConduitRig.JSON.readTree(CLIENT.send(HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }

    /** A metric without tags, as text. */
    String metric(String name) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + settings.get("conduit.management.port") + "/observe/metrics");
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body().lines()
                .filter(line -> line.startsWith(name + " ")).map(line -> line.substring(name.length() + 1)).findFirst()
                .orElse("not there");
    }

    JsonNode get(String path) throws Exception {
        return ConduitRig.JSON.readTree(CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        return CLIENT.sendAsync(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for an answer as events, and goes away after so long, or at the answer's end if that comes first. */
    void follow(String path, String json, long millis) throws Exception {
        var stream = CLIENT.sendAsync(request(path).header("Content-Type", "application/json").header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
        try {
            stream.get(millis, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            stream.cancel(true);
        }
    }

    HttpResponse<String> put(String path, String json) throws Exception {
        return CLIENT.send(request(path).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return postLater(path, json).get(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** How often the simulator was started for a prompt with this key. */
    long starts(String key) throws IOException {
        return starts().stream().filter(key::equals).count();
    }

    /** The keys of all prompts for which the simulator was started. */
    List<String> starts() throws IOException {
        Path log = home.resolve("simulator.log");
        List<String> keys = new ArrayList<>();
        for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
            JsonNode entry = ConduitRig.JSON.readTree(line);
            if (entry.path("event").asText().equals("start")) {
                keys.add(entry.path("key").asText());
            }
        }
        return keys;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
