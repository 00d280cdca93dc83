package conduit.flow;

import conduit.flow.EventReader.Event;
import conduit.ledger.Answer;
import conduit.problem.Kind;
import conduit.problem.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client reads of a stream, on a real HTTP server with sockets. */
class EventStreamTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private record Arrived(HttpServerRequest request, Context loop) {
    }

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Socket client;
    private Arrived last;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0).setSendBufferSize(8 << 10))
                .requestHandler(request -> arrived.add(new Arrived(request, Vertx.currentContext())))
                .listen().toCompletionStage().toCompletableFuture().get();
        client = new Socket();
        client.setReceiveBufferSize(8 << 10);
        client.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private EventStream stream(Duration beat, String version) throws Exception {
        client.getOutputStream().write(("POST / HTTP/" + version + "\r\nHost: x\r\nContent-Length: 0\r\n"
                + "Connection: keep-alive\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        last = arrived.poll(30, TimeUnit.SECONDS);
        return new EventStream(last.request(), last.loop(), beat);
    }

    private BufferedReader body() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String head = "";
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            head += line.toLowerCase(java.util.Locale.ROOT) + "\n";
        }
        assertThat(head).contains(" 200 ", "content-type: text/event-stream\n", "cache-control: no-store\n",
                "x-accel-buffering: no\n");
        return in;
    }

    private static Answer answer(String text) {
        return new Answer("a", "p", text, "{\"result\":\"…\"}");
    }

    @Test
    void piecesComeInTheirOrderWithCharactersWhole() throws Exception {
        EventStream stream = stream(NEVER, "1.0");
        for (String piece : List.of("One\nline, ", "\"two\" ", "\ud83d", "\udc4b", " Grüße", "\u2028")) {
            stream.text(piece);
        }
        stream.end(answer("ignored, as pieces came"));
        List<Event> events = new EventReader(body()).rest();
        assertThat(EventReader.text(events)).isEqualTo("One\nline, \"two\" \ud83d\udc4b Grüße\u2028");
        assertThat(events).extracting(Event::name).endsWith("response").contains("delta").doesNotContain("problem");
        assertThat(events.get(events.size() - 1).data()).isEqualTo("{\"result\":\"…\"}");
        assertThat(events).filteredOn(event -> event.name().equals("delta")).as("half a character is no text")
                .noneMatch(event -> event.json().path("text").asText().matches("(?s).*[?\ufffd].*"));
    }

    @Test
    void anAnswerWithoutPiecesIsOneDelta() throws Exception {
        stream(NEVER, "1.0").end(answer("All of it"));
        assertThat(new EventReader(body()).rest()).extracting(Event::name, Event::data).containsExactly(
                org.assertj.core.groups.Tuple.tuple("delta", "{\"text\":\"All of it\"}"),
                org.assertj.core.groups.Tuple.tuple("response", "{\"result\":\"…\"}"));
    }

    @Test
    void aProblemIsAnEventOnlyBehindTheHead() throws Exception {
        Problem problem = Problem.of(Kind.MODEL_FAILED, "It failed.");
        EventStream stream = stream(NEVER, "1.0");
        stream.begin();
        stream.text("Half of ");
        assertThat(stream.end(problem)).isTrue();
        List<Event> events = new EventReader(body()).rest();
        assertThat(EventReader.text(events)).isEqualTo("Half of ");
        assertThat(events.get(events.size() - 1).name()).isEqualTo("problem");
        assertThat(events.get(events.size() - 1).json().path("status").asInt()).isEqualTo(502);
    }

    @Test
    void aProblemBeforeTheHeadIsLeftToAPlainResponse() throws Exception {
        EventStream stream = stream(NEVER, "1.1");
        assertThat(stream.end(Problem.of(Kind.DENIED, "No."))).isFalse();
        stream.begin();
        stream.text("too late");
        assertThat(stream.end(Problem.of(Kind.DENIED, "No."))).isFalse();
        CountDownLatch behindAll = new CountDownLatch(1);
        last.loop().runOnContext(none -> behindAll.countDown());
        assertThat(behindAll.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(last.request().response().headWritten()).isFalse();
    }

    @Test
    void whoWaitsGetsSignsOfLifeAndTheHead() throws Exception {
        EventStream stream = stream(Duration.ofMillis(20), "1.0");
        BufferedReader body = body();
        assertThat(body.readLine()).isEqualTo(": accepted");
        assertThat(List.of(body.readLine(), body.readLine(), body.readLine())).containsExactly("", ": working", "");
        assertThat(stream.isGone()).isFalse();
        assertThat(stream.end(Problem.of(Kind.SATURATED, "Behind the head."))).isTrue();
        assertThat(new EventReader(body).rest()).extracting(Event::name).containsExactly("problem");
    }

    @Test
    void aSlowReaderGetsFewerAndLongerDeltasAndHoldsNobodyUp() throws Exception {
        EventStream stream = stream(NEVER, "1.0");
        String piece = "x".repeat(999) + "\n";
        for (int i = 0; i < 8_000; i++) {
            stream.text(piece);
        }
        stream.end(answer(""));
        List<Event> events = new EventReader(body()).rest();
        assertThat(EventReader.text(events)).isEqualTo(piece.repeat(8_000));
        assertThat(events).hasSizeLessThan(4_000);
        assertThat(stream.isGone()).as("it read all the time").isFalse();
    }

    @Test
    void whoReadsNothingIsGoneAndItsConnectionCut() throws Exception {
        EventStream stream = stream(Duration.ofMillis(50), "1.1");
        stream.text("x".repeat(16 << 20));
        eventually(() -> assertThat(stream.isGone()).isTrue());
        eventually(() -> assertThat(last.request().response().closed()).isTrue());
        stream.end(Problem.of(Kind.TIMED_OUT, "Nobody hears it."));
        eventually(() -> assertThat(last.request().response().ended()).as("nothing is left to be written").isTrue());
    }

    @Test
    void whoReadsNothingOfTheEndIsCutToo() throws Exception {
        EventStream stream = stream(Duration.ofMillis(50), "1.1");
        CountDownLatch cut = new CountDownLatch(1);
        last.request().connection().closeHandler(none -> cut.countDown());
        stream.end(answer("x".repeat(16 << 20)));
        assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoClosesIsGone() throws Exception {
        EventStream stream = stream(NEVER, "1.1");
        stream.text("First");
        assertThat(body().readLine()).isNotBlank();
        assertThat(stream.isGone()).isFalse();
        client.close();
        eventually(() -> assertThat(stream.isGone()).isTrue());
        stream.text("Nobody hears it");
        stream.end(answer("First"));
        eventually(() -> assertThat(last.request().response().ended()).isTrue());
    }

    @Test
    void aCallThatIsAbandonedLeavesNoOpenResponse() throws Exception {
        EventStream stream = stream(NEVER, "1.1");
        stream.text("First");
        stream.abandon();
        assertThat(body().lines().toList()).as("cut, and not ended as if it were whole")
                .doesNotContain("0");
        assertThat(last.request().response().closed()).isTrue();
    }
}
