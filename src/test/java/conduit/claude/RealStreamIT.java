package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.claude.MessagesStub.Mode;
import conduit.claude.MessagesStub.Usage;
import conduit.flow.EventReader.Event;
import conduit.flow.EventReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The real CLI's text as it comes, against a Messages API that writes the next piece only when the test has read this one. */
class RealStreamIT {

    @TempDir
    static Path home;
    private static MessagesStub api;
    private static ConduitRig conduit;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        String command = RealClaudeIT.required();
        api = new MessagesStub();
        conduit = RealCalls.rig(home, command, api).start();
    }

    @AfterAll
    static void stop() {
        if (conduit != null) {
            conduit.close();
            api.close();
        }
    }

    @BeforeEach
    void answerInPieces() {
        api.mode(Mode.ANSWER).answer("First \ud83d\udc4b\n").pieces("\"second\" ", "third.").usage(new Usage(1234, 100, 0, 0, 0));
    }

    private InputStream ask(String id) throws Exception {
        HttpRequest request = conduit.request("/v1/complete").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id
                        + "\",\"model\":\"claude-haiku-5-5\",\"prompt\":\"Count\"}")).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @Test
    void eachPieceIsThereBeforeTheNextIsWritten() throws Exception {
        EventReader events = new EventReader(ask("live"));
        List<Event> all = new ArrayList<>();
        for (String piece : List.of("First \ud83d\udc4b\n", "\"second\" ", "third.")) {
            Event delta = events.next();
            assertThat(delta.name()).isEqualTo("delta");
            assertThat(delta.json().path("text").asText()).isEqualTo(piece);
            all.add(delta);
            api.next();
        }
        Event last = events.next();
        assertThat(last.name()).isEqualTo("response");
        assertThat(last.json().path("result").asText()).isEqualTo(EventReader.text(all));
        assertThat(last.json().path("usage").path("inputTokens").asLong()).isEqualTo(1234);
        assertThat(last.json().path("usage").path("outputTokens").asLong()).isEqualTo(100);
        assertThat(events.next()).isNull();
        assertThat(conduit.post("/v1/complete", "{\"id\":\"live\",\"model\":\"claude-haiku-5-5\",\"prompt\":\"Count\"}")
                .response().body()).isEqualTo(last.data());
    }

    @Test
    void twoAtOnceGetEachTheirOwn() throws Exception {
        EventReader one = new EventReader(ask("two-1"));
        EventReader other = new EventReader(ask("two-2"));
        assertThat(one.next().name()).isEqualTo("delta");
        assertThat(other.next().name()).isEqualTo("delta");
        for (int i = 0; i < 4; i++) {
            api.next();
        }
        for (List<Event> rest : List.of(one.rest(), other.rest())) {
            assertThat(EventReader.text(rest)).isEqualTo("\"second\" third.");
        }
    }

    @Test
    void whoLeavesBehindTheFirstPieceEndsTheCallAndPaysForWhatCame() throws Exception {
        int before = api.hangUps();
        InputStream body = ask("leaves");
        assertThat(new EventReader(body).next().json().path("text").asText()).isEqualTo("First \ud83d\udc4b\n");
        body.close();
        eventually(() -> assertThat(api.hangUps()).as("the CLI let go of its connection").isEqualTo(before + 1));
        eventually(() -> {
            JsonNode request = conduit.get("/v1/requests/leaves").json();
            assertThat(request.path("state").asText()).isEqualTo("failed");
            assertThat(request.path("problem").path("type").asText()).isEqualTo("urn:conduit:problem:cancelled");
            var rows = conduit.query("select * from usage_tracking where request_id = 'leaves'");
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0)).containsEntry("estimated", true).containsEntry("model", "claude-haiku-5-5");
            assertThat(((Number) rows.get(0).get("input_tokens")).longValue()).isEqualTo(1234);
            assertThat(((Number) rows.get(0).get("output_tokens")).longValue()).isBetween(1L, 99L);
            assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty();
        });
    }

    @Test
    void aTextThatIsCutOffEndsInAProblem() throws Exception {
        api.pieces().mode(Mode.CUT).answer("A text that is long enough to be cut in the middle of it");
        List<Event> events = new EventReader(ask("cut")).rest();
        assertThat(events).extracting(Event::name).containsExactly("delta", "problem");
        assertThat(EventReader.text(events)).isEqualTo("A text that is long enough t");
        assertThat(events.get(1).json().path("failure").asText()).isEqualTo("cut-off");
        assertThat(conduit.get("/v1/requests/cut").json().path("problem")).isEqualTo(events.get(1).json());
    }
}
