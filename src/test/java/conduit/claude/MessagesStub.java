package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A loopback stand-in for the Anthropic Messages API, near enough that the real CLI talks to it: streamed answers and
 * whole ones, chosen usage, chosen failures. It records what was sent, but of the headers the names only, so that no
 * key ends up in a test report.
 */
public final class MessagesStub implements AutoCloseable {

    /** The token counts that every answer reports. */
    record Usage(long input, long output, long write5m, long write1h, long read) {
    }

    /** One request as it arrived. */
    record Received(String path, List<String> headerNames, JsonNode body, int bytes) {
    }

    /** How requests end. */
    enum Mode {
        ANSWER(200, "end_turn", ""),
        REFUSAL(200, "refusal", ""),
        MAX_TOKENS(200, "max_tokens", ""),
        /** Half of the text comes, and no more until the stub closes. */
        STALL(200, "end_turn", ""),
        /** The connection breaks in the middle of a streamed text. */
        CUT(200, "end_turn", ""),
        /** No byte comes back until the stub closes. */
        HANG(200, "end_turn", ""),
        BAD_REQUEST(400, "invalid_request_error", "stub: bad request"),
        UNAUTHORIZED(401, "authentication_error", "invalid x-api-key"),
        FORBIDDEN(403, "permission_error", "stub: not allowed"),
        NO_SUCH_MODEL(404, "not_found_error", "model: unknown"),
        TOO_LARGE(413, "request_too_large", "stub: too large"),
        RATE_LIMITED(429, "rate_limit_error", "stub: rate limited"),
        SERVER_ERROR(500, "api_error", "Internal server error"),
        OVERLOADED(529, "overloaded_error", "Overloaded");

        private final int status;
        /** The stop reason of an answer, the type of an error. */
        private final String type;
        private final String message;

        Mode(int status, String type, String message) {
            this.status = status;
            this.type = type;
            this.message = message;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A break drops what the client has not read yet, its tokens with it; so it gets the time to read. */
    private static final long READ_SO_FAR = 200_000_000;
    private static final long PING_MS = 50;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private final Semaphore turns = new Semaphore(0);
    private final AtomicInteger hangUps = new AtomicInteger();
    private volatile List<String> pieces = List.of();
    private volatile Mode mode = Mode.ANSWER;
    private final Map<String, Mode> modes = new ConcurrentHashMap<>();
    private volatile String answer = "STUB answer";
    private volatile Usage usage = new Usage(1000, 100, 0, 0, 0);

    public MessagesStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What ANTHROPIC_BASE_URL must be. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public MessagesStub answer(String text) {
        answer = text;
        return this;
    }

    /** Streamed answers go on in these pieces behind the first, each when {@link #next} is called. */
    MessagesStub pieces(String... further) {
        turns.drainPermits();
        pieces = List.of(further);
        return this;
    }

    /** Lets one more piece go. */
    void next() {
        turns.release();
    }

    /** How many callers hung up before all pieces were sent. */
    int hangUps() {
        return hangUps.get();
    }

    MessagesStub usage(Usage counts) {
        usage = counts;
        return this;
    }

    MessagesStub mode(Mode next) {
        mode = next;
        return this;
    }

    /** How long each answer's first byte takes, as a model's does. */
    public MessagesStub delay(Duration firstByte) {
        delay = firstByte;
        return this;
    }

    /** How one model's requests end, whatever the others' do. */
    MessagesStub mode(String model, Mode next) {
        modes.put(model, next);
        return this;
    }

    /** The requests so far, in the order of arrival. */
    List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        closing.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body = bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
        String path = exchange.getRequestURI().getPath();
        received.add(new Received(path, List.copyOf(exchange.getRequestHeaders().keySet()), body, bytes.length));
        Mode now = modes.getOrDefault(body.path("model").asText(), mode);
        if (!path.equals("/v1/messages")) {
            reply(exchange, 404, error("not_found_error", "stub: " + path));
        } else if (now.status != 200) {
            reply(exchange, now.status, error(now.type, now.message));
        } else if (now == Mode.HANG) {
            closing.join();
        } else if (body.path("stream").asBoolean()) {
            stream(exchange, body.path("model").asText(), now);
        } else {
            String model = body.path("model").asText();
            reply(exchange, 200, message(model, List.of(text(answer)), now.type, counts(usage.output())));
        }
    }

    private void stream(HttpExchange exchange, String model, Mode now) throws IOException {
        LockSupport.parkNanos(delay.toNanos());
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        event(out, "message_start", Map.of("message", message(model, List.of(), null, counts(1))));
        event(out, "content_block_start", Map.of("index", 0, "content_block", text("")));
        boolean cut = now == Mode.CUT || now == Mode.STALL;
        event(out, "content_block_delta", Map.of("index", 0, "delta",
                Map.of("type", "text_delta", "text", cut ? answer.substring(0, answer.length() / 2) : answer)));
        if (now == Mode.STALL) {
            closing.join();
        }
        if (cut) {
            LockSupport.parkNanos(READ_SO_FAR);
            throw new IOException("The server drops the connection of a handler that fails, the last chunk unsent.");
        }
        for (String piece : pieces) {
            awaitTurn(out);
            event(out, "content_block_delta", Map.of("index", 0, "delta", Map.of("type", "text_delta", "text", piece)));
        }
        event(out, "content_block_stop", Map.of("index", 0));
        event(out, "message_delta", Map.of("delta", Map.of("stop_reason", now.type), "usage", counts(usage.output())));
        event(out, "message_stop", Map.of());
        exchange.close();
    }

    /** As the API does, it sends a ping now and then while nothing comes; so it sees who hangs up. */
    private void awaitTurn(OutputStream out) throws IOException {
        try {
            while (!turns.tryAcquire(PING_MS, TimeUnit.MILLISECONDS)) {
                event(out, "ping", Map.of());
            }
        } catch (InterruptedException e) {
            throw new IOException("the stub closes", e);
        } catch (IOException e) {
            hangUps.incrementAndGet();
            throw e;
        }
    }

    private static void event(OutputStream out, String type, Map<String, ?> fields) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>(fields);
        data.put("type", type);
        String event = "event: " + type + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void reply(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> message(String model, List<?> content, String stopReason, Map<String, ?> counts) {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", "msg_stub" + received.size(),
                "type", "message", "role", "assistant", "model", model, "content", content));
        message.put("stop_reason", stopReason);
        message.put("stop_sequence", null);
        message.put("usage", counts);
        return message;
    }

    private Map<String, Object> counts(long output) {
        return Map.of("input_tokens", usage.input(), "output_tokens", output,
                "cache_creation_input_tokens", usage.write5m() + usage.write1h(),
                "cache_read_input_tokens", usage.read(),
                "cache_creation", Map.of("ephemeral_5m_input_tokens", usage.write5m(),
                        "ephemeral_1h_input_tokens", usage.write1h()));
    }

    private static Map<String, String> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    private static Map<String, Object> error(String type, String message) {
        return Map.of("type", "error", "error", Map.of("type", type, "message", message));
    }
}
