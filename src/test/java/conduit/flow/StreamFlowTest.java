package conduit.flow;

import conduit.ConduitRig;
import conduit.flow.EventReader.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A whole Conduit whose callers ask for events: what they get is what a plain call gets, and no connection is spoilt. */
class StreamFlowTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    /** While this file is there, no call goes on. */
    private static Path gate;

    @BeforeAll
    static void start() throws Exception {
        gate = home.resolve("gate");
        Path cli = Files.writeString(home.resolve("cli"), "#!/bin/sh\n[ ! -e " + gate + " ] || echo >>" + home.resolve("came")
                + "\nwhile [ -e " + gate + " ]; do sleep 0.02; done\nexec " + Path.of("src/simulator/claude").toAbsolutePath()
                + " \"$@\"\n");
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        conduit = ConduitRig.in(home).set("conduit.claude.command", cli.toString())
                .set("conduit.claude.concurrency", "2").start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static HttpResponse<InputStream> ask(HttpClient.Version version, String body) throws Exception {
        HttpRequest request = conduit.request("/v1/complete").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newBuilder().version(version).build().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<Event> events(String body) throws Exception {
        return events(HttpClient.Version.HTTP_1_1, body);
    }

    private static List<Event> events(HttpClient.Version version, String body) throws Exception {
        HttpResponse<InputStream> response = ask(version, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        return new EventReader(response.body()).rest();
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }

    private static void assertAnswered(List<Event> events, String id, String prompt) {
        assertThat(last(events).name()).isEqualTo("response");
        assertThat(EventReader.text(events)).isEqualTo(last(events).json().path("result").asText()).isNotEmpty();
        assertThat(conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"" + prompt + "\"}").response().body())
                .as("what a plain call gets, to the letter").isEqualTo(last(events).data());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void theDeltasAreTheResultAndTheLastEventIsThePlainResponse(HttpClient.Version version) throws Exception {
        assertAnswered(events(version, "{\"id\":\"whole-" + version + "\",\"prompt\":\"Hello\"}"), "whole-" + version, "Hello");
    }

    @Test
    void theHeadComesWhileTheCallWaitsForItsPlace() throws Exception {
        Files.createFile(gate);
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (String id : List.of("taken-1", "taken-2")) {
            all.add(CompletableFuture.runAsync(() -> conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"x\"}")));
        }
        eventually(() -> assertThat(gate.resolveSibling("came")).content().hasLineCount(2));
        HttpResponse<InputStream> response = ask(HttpClient.Version.HTTP_1_1, "{\"id\":\"later\",\"prompt\":\"Short\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gate.resolveSibling("came")).as("it has not had its turn").content().hasLineCount(2);
        Files.delete(gate);
        assertAnswered(new EventReader(response.body()).rest(), "later", "Short");
        all.forEach(CompletableFuture::join);
    }

    @Test
    void aFailureBehindTheHeadIsAnEvent() throws Exception {
        List<Event> events = events("{\"id\":\"fails\",\"prompt\":\"Hello [[sim:400]]\"}");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).name()).isEqualTo("problem");
        assertThat(events.get(0).json().path("type").asText()).isEqualTo("urn:conduit:problem:model-failed");
        assertThat(events.get(0).json().path("requestId").asText()).isEqualTo("fails");
        assertThat(conduit.get("/v1/requests/fails").json().path("problem")).isEqualTo(events.get(0).json());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{\"prompt\":\"\"}`, 400, bad-request", "`{`, 400, bad-request",
            "`{\"prompt\":\"x\",\"project\":\"nowhere\"}`, 404, not-found", "`{\"prompt\":\"x\",\"model\":\"opus\"}`, 400, unknown-model",
            "`{\"id\":\"conflict\",\"prompt\":\"Two\"}`, 409, id-conflict"})
    void aFailureBeforeTheHeadIsAPlainProblem(String body, int status, String type) throws Exception {
        conduit.post("/v1/complete", "{\"id\":\"conflict\",\"prompt\":\"One\"}");
        HttpResponse<InputStream> response = ask(HttpClient.Version.HTTP_1_1, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(ConduitRig.JSON.readTree(response.body()).path("type").asText()).isEqualTo("urn:conduit:problem:" + type);
    }

    @Test
    void anIdThatIsSentAgainOrMeanwhileGetsTheSameAnswerAndRunsOnce() throws Exception {
        String prompt = "Once [[sim:latency=300]][[sim:key=again]]";
        String body = "{\"id\":\"again\",\"prompt\":\"" + prompt + "\"}";
        var second = CompletableFuture.supplyAsync(() -> {
            try {
                return events(body);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        List<Event> first = events(body);
        List<Event> third = events(body);
        for (List<Event> events : List.of(first, second.join(), third)) {
            assertAnswered(events, "again", prompt);
        }
        assertThat(third).extracting(Event::name).containsExactly("delta", "response");
        assertThat(conduit.simulatorLog()).filteredOn(line -> line.path("key").asText().equals("again")).hasSize(1);
    }

    @Test
    void aConnectionServesStreamsAndPlainCallsInTurn() throws Exception {
        try (Socket socket = connect()) {
            BufferedReader in = reader(socket);
            for (String id : List.of("turn-1", "turn-2")) {
                send(socket, "POST", "1.1", "text/event-stream", "{\"id\":\"" + id + "\",\"prompt\":\"In turn\"}");
                assertThat(head(in)).contains("HTTP/1.1 200 OK", "transfer-encoding: chunked");
                StringBuilder body = new StringBuilder();
                for (int size = chunk(in); size > 0; size = chunk(in)) {
                    char[] chars = new char[size];
                    for (int at = 0; at < size; at += in.read(chars, at, size - at)) {
                        continue;
                    }
                    body.append(chars);
                    assertThat(in.readLine()).isEmpty();
                }
                assertThat(in.readLine()).isEmpty();
                assertAnswered(new EventReader(new BufferedReader(new java.io.StringReader(body.toString()))).rest(), id, "In turn");
                send(socket, "POST", "1.1", "text/event-stream, application/json;q=2", "{\"prompt\":\" \"}");
                List<String> plain = head(in);
                assertThat(plain).contains("HTTP/1.1 400 Bad Request", "content-type: application/problem+json");
                if (plain.contains("transfer-encoding: chunked")) {
                    in.skip(chunk(in) + 2L);
                    assertThat(chunk(in)).isZero();
                    in.readLine();
                } else {
                    in.skip(plain.stream().filter(line -> line.startsWith("content-length: "))
                            .mapToLong(line -> Long.parseLong(line.substring(16))).findFirst().orElseThrow());
                }
            }
        }
    }

    @Test
    void anHttp10ClientReadsToTheEndOfTheConnection() throws Exception {
        try (Socket socket = connect()) {
            BufferedReader in = reader(socket);
            send(socket, "POST", "1.0", "text/event-stream", "{\"id\":\"old\",\"prompt\":\"Old\"}");
            assertThat(head(in)).contains("content-type: text/event-stream").doesNotContain("transfer-encoding: chunked");
            assertAnswered(new EventReader(in).rest(), "old", "Old");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET", "HEAD"})
    void otherMethodsAreNotAllowedWhateverTheyAccept(String method) throws Exception {
        try (Socket socket = connect()) {
            send(socket, method, "1.1", "text/event-stream", "");
            assertThat(head(reader(socket))).contains("HTTP/1.1 405 Method Not Allowed", "allow: POST");
        }
    }

    private static Socket connect() throws IOException {
        URI uri = conduit.request("/").build().uri();
        return new Socket(uri.getHost(), uri.getPort());
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void send(Socket socket, String method, String version, String accept, String body) throws IOException {
        socket.getOutputStream().write((method + " /v1/complete HTTP/" + version + "\r\nHost: x\r\nAccept: " + accept
                + "\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body).getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> head(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            lines.add(colon < 0 ? line : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT) + line.substring(colon));
        }
        return lines;
    }

    private static int chunk(BufferedReader in) throws IOException {
        return Integer.parseInt(in.readLine(), 16);
    }
}
