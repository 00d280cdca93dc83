package conduit;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.apache.camel.CamelContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A whole Conduit in this JVM: the real YAML routes, H2 on disk, the embedded broker with a loopback port, and the
 * simulator in the CLI's place. Its home is a folder of its own; stopped and started again it is the same Conduit.
 */
public final class ConduitRig implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();

    static {
        JSON.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 << 20).build());
    }

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;

    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Server server;
    private CamelContext context;
    private Settings read;

    private ConduitRig(Path home) {
        this.home = home;
    }

    /** A Conduit that is not started yet, with the project's own routes and rules. */
    public static ConduitRig in(Path home) throws IOException {
        copy(PROJECT.resolve("routes"), home.resolve("routes"));
        copy(PROJECT.resolve("rules"), home.resolve("rules"));
        return new ConduitRig(home).set("conduit.claude.command", PROJECT.resolve("src/simulator/claude").toString())
                .set("conduit.http.port", freePort()).set("conduit.management.port", freePort())
                .set("conduit.broker.port", freePort()).set("conduit.zone", "UTC").set("conduit.bandit.seed", "1")
                .set("conduit.claude.timeout", "20s").set("conduit.claude.retry-delay", "1ms")
                .set("conduit.claude.breaker.failures", "0")
                .set("conduit.claude.env.CLAUDE_SIMULATOR_LOG", home.resolve("simulator.log").toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A free port below those that the system gives to clients, so that it is still free at a later start. */
    public static String freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return Integer.toString(socket.getLocalPort());
            } catch (BindException e) {
                continue;
            }
        }
    }

    public ConduitRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public ConduitRig start() {
        return start(Clock.systemUTC());
    }

    public ConduitRig start(Clock clock) {
        Properties properties = new Properties();
        properties.put("conduit.home", home.toString());
        properties.putAll(settings);
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        read = Settings.read(Keys.load(environment, properties), environment);
        server = new Server(read, clock);
        context = server.start();
        return this;
    }

    public ConduitRig stop() {
        server.stop();
        return this;
    }

    public Path home() {
        return home;
    }

    public CamelContext context() {
        return context;
    }

    /** The address of the broker's loopback port. */
    public String brokerUrl() {
        return "tcp://127.0.0.1:" + settings.get("conduit.broker.port");
    }

    /** An HTTP answer, its body read as JSON unless it is plain text. */
    public record Reply(int status, JsonNode json, HttpResponse<String> response) {
    }

    public Reply get(String path) {
        return send(request(path).GET().build());
    }

    public Reply post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    public Reply put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    /** A request to the API, to be completed by the test. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.get("conduit.http.port") + path));
    }

    /** A GET from the management port, such as /observe/health, as text. */
    public String management(String path) {
        URI uri = URI.create("http://127.0.0.1:" + settings.get("conduit.management.port") + path);
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request,
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            boolean text = response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain");
            return new Reply(response.statusCode(), text ? JSON.missingNode() : JSON.readTree(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines that the simulator logged: one at each start and one at each end of an invocation. */
    public List<JsonNode> simulatorLog() throws IOException {
        Path log = home.resolve("simulator.log");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** How often the simulator was started. */
    public long invocations() throws IOException {
        return simulatorLog().stream().filter(line -> line.path("event").asText().equals("start")).count();
    }

    /** The rows of a query on the ledger, which no other process can open meanwhile. */
    public List<Map<String, Object>> query(String sql) {
        try (Connection connection = DriverManager.getConnection(read.db().url(), read.db().user(),
                read.db().password()); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Map<String, Object>> list = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT), rows.getObject(i));
                }
                list.add(row);
            }
            return list;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the ledger behind Conduit's back, as a crash might have left it. */
    public void update(String sql) {
        try (Connection connection = DriverManager.getConnection(read.db().url(), read.db().user(),
                read.db().password()); Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }
}
