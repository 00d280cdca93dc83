package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.flow.EventReader.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A client that goes away must not leave a process that works, and pays, for nobody; nor a place, nor a reservation. */
class StreamGoneTest {

    /** A command line that writes half of its answer, and the rest once the file "gate" is gone. */
    private static final String CLI = """
            #!/bin/sh
            cd HOME
            echo $$ >>pids
            cat >/dev/null
            printf '{"type":"system","subtype":"init","session_id":"s"}\\n'
            event() { printf '{"type":"stream_event","event":%s,"session_id":"s"}\\n' "$1"; }
            event '{"type":"message_start","message":{"model":"claude-haiku-5-5","usage":{"input_tokens":1234,"output_tokens":1}}}'
            event '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half, "}}'
            while [ -e gate ]; do sleep 0.02; done
            event '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"whole."}}'
            printf '%s%s%s\\n' '{"type":"result","subtype":"success","is_error":false,"num_turns":1,"result":"Half, whole.",' \\
              '"session_id":"s","total_cost_usd":0.000133,"modelUsage":{"claude-haiku-5-5":{"inputTokens":1234,' \\
              '"outputTokens":20,"costUSD":0.000133,"costBasis":"list"}}}'
            """;

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private HttpClient.Version version = HttpClient.Version.HTTP_1_1;

    @BeforeAll
    static void start() throws Exception {
        Path cli = Files.writeString(home.resolve("cli"), CLI.replace("HOME", home.toString()));
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        conduit = ConduitRig.in(home).set("conduit.claude.command", cli.toString()).set("conduit.claude.warm", "off")
                .set("conduit.claude.concurrency", "1").start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @BeforeEach
    void closeGate() throws IOException {
        Files.createFile(home.resolve("gate"));
        Files.writeString(home.resolve("pids"), "");
    }

    private InputStream ask(String id) throws Exception {
        HttpRequest request = conduit.request("/v1/complete").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id
                        + "\",\"model\":\"claude-haiku-5-5\",\"prompt\":\"Count\"}")).build();
        HttpResponse<InputStream> response = HttpClient.newBuilder().version(version).build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private List<Long> processes() throws IOException {
        return Files.readAllLines(home.resolve("pids")).stream().map(Long::parseLong).toList();
    }

    private JsonNode request(String id) {
        return conduit.get("/v1/requests/" + id).json();
    }

    private void assertNothingHeld() {
        assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whoLeavesInTheMiddleEndsTheProcessAndPaysForWhatCame(HttpClient.Version by) throws Exception {
        version = by;
        String id = "leaves-" + by;
        InputStream body = ask(id);
        assertThat(new EventReader(body).next().json().path("text").asText()).isEqualTo("Half, ");
        long process = processes().get(0);
        assertThat(ProcessHandle.of(process)).isPresent();
        body.close();
        eventually(() -> {
            assertThat(ProcessHandle.of(process)).isEmpty();
            assertThat(request(id).path("state").asText()).isEqualTo("failed");
            assertThat(request(id).path("problem").path("type").asText()).isEqualTo("urn:conduit:problem:cancelled");
            var rows = conduit.query("select * from usage_tracking where request_id = '" + id + "'");
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0)).containsEntry("estimated", true);
            assertThat(((Number) rows.get(0).get("input_tokens")).intValue()).isEqualTo(1234);
            assertNothingHeld();
        });
        Files.delete(home.resolve("gate"));
        List<Event> next = new EventReader(ask("next-" + by)).rest();
        assertThat(EventReader.text(next)).as("the only place is free").isEqualTo("Half, whole.");
        assertThat(next.get(next.size() - 1).json().path("usage").path("inputTokens").asInt()).isEqualTo(1234);
    }

    @Test
    void whoLeavesInTheLinePaysNothingAndMayComeAgain() throws Exception {
        EventReader first = new EventReader(ask("first"));
        assertThat(first.next().name()).isEqualTo("delta");
        ask("waits").close();
        Files.delete(home.resolve("gate"));
        assertThat(first.rest()).extracting(Event::name).endsWith("response");
        eventually(() -> {
            assertThat(request("waits").path("state").asText()).isEqualTo("failed");
            assertNothingHeld();
        });
        assertThat(conduit.query("select * from usage_tracking where request_id = 'waits'")).isEmpty();
        assertThat(processes()).as("nothing ran for it").hasSize(1);
        assertThat(EventReader.text(new EventReader(ask("waits")).rest())).isEqualTo("Half, whole.");
        assertThat(request("waits").path("run").asInt()).isEqualTo(2);
    }
}
