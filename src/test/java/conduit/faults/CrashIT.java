package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Killed while calls ran and started again: nothing is lost, nothing runs twice, and what can't be known is told. */
class CrashIT {

    private static final String LOST = "[[sim:latency=2500]][[sim:crash]]";

    @TempDir
    static Path home;
    private static ConduitProcess conduit;

    private static String body(String id, String markers) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"Hi [[sim:key=" + id + "]]" + markers + "\",\"model\":\"claude-haiku-5-5\"}";
    }

    private static String state(String id) throws Exception {
        return conduit.get("/v1/requests/" + id).path("state").asText();
    }

    @BeforeAll
    static void killWhileCallsRun() throws Exception {
        conduit = ConduitProcess.in(home).set("conduit.claude.concurrency", "8").set("conduit.claude.timeout", "5s").start();
        assertThat(conduit.post("/v1/complete", body("before", "")).statusCode()).isEqualTo(200);
        Files.writeString(home.resolve("inbox/file.json"), body("file", "[[sim:latency=2500]]"));
        Files.writeString(home.resolve("inbox/plain.txt"), "Hi [[sim:key=plain]][[sim:latency=2500]]");
        try (QueueClient client = new QueueClient(conduit.brokerUrl())) {
            client.send("{\"prompt\":\"Hi [[sim:key=queue]][[sim:latency=2500]]\"}", "kept", null);
            eventually(() -> { assertThat(conduit.starts()).contains("file", "plain", "queue"); });
        }
        conduit.postLater("/v1/complete", body("http", "[[sim:latency=2500]]"));
        conduit.postLater("/v1/complete", body("lost-1", LOST));
        conduit.postLater("/v1/complete", body("lost-2", LOST));
        conduit.postLater("/v1/complete", body("late", "[[sim:hang]]"));
        conduit.postLater("/v1/complete", body("gone", LOST));
        eventually(() -> { assertThat(conduit.starts()).contains("http", "lost-1", "lost-2", "gone", "late"); });
        conduit.kill();
        conduit.start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @Test
    void whatEndedWhileConduitWasAwayIsSettledFromItsOwnOutput() throws Exception {
        eventually(() -> { assertThat(state("http")).isEqualTo("completed"); });
        HttpResponse<String> again = conduit.post("/v1/complete", body("http", "[[sim:latency=2500]]"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"completed\"").contains("Simulated answer");
        assertThat(conduit.starts("http")).isEqualTo(1);
        assertThat(state("before")).isEqualTo("completed");
    }

    @Test
    void filesAreAnsweredOnceUnderTheirOwnNames() throws Exception {
        for (String name : new String[] {"file", "plain"}) {
            eventually(() -> {
                JsonNode answer = ConduitRig.JSON.readTree(home.resolve("outbox/" + name + ".json").toFile());
                assertThat(answer.path("status").asText()).isEqualTo("completed");
                assertThat(answer.path("usage").path("costUsd").decimalValue()).isPositive();
            });
            assertThat(conduit.starts(name)).as(name).isEqualTo(1);
        }
        eventually(() -> {
            try (Stream<Path> inbox = Files.list(home.resolve("inbox")); Stream<Path> outbox = Files.list(home.resolve("outbox"))) {
                assertThat(inbox).isEmpty();
                assertThat(outbox).hasSize(4);
            }
        });
    }

    @Test
    void aMessageIsDeliveredAgainAndAnsweredWithoutASecondRun() throws Exception {
        try (QueueClient client = new QueueClient(conduit.brokerUrl())) {
            assertThat(QueueClient.json(client.receive(QueueClient.REPLIES, "kept")).path("status").asText()).isEqualTo("completed");
            assertThat(client.glance(client.session().createQueue(QueueClient.REPLIES), "kept")).isNull();
        }
        assertThat(conduit.starts("queue")).isEqualTo(1);
    }

    @Test
    void whatCannotBeKnownIsHeldUntilAnOperatorResolvesIt() throws Exception {
        for (String id : new String[] {"lost-1", "lost-2", "gone"}) {
            eventually(() -> { assertThat(state(id)).as(id).isEqualTo("unknown"); });
        }
        eventually(() -> { assertThat(state("late")).isEqualTo("failed"); });
        assertThat(conduit.get("/v1/requests?state=unknown").path("requests")).extracting(row -> row.path("id").asText())
                .containsExactlyInAnyOrder("lost-1", "lost-2", "gone");
        JsonNode before = conduit.get("/v1/usage").path("total");
        assertThat(before.path("reservedUsd").decimalValue()).isPositive();
        assertThat(conduit.post("/v1/complete", body("lost-1", LOST)).statusCode()).isEqualTo(409);
        assertThat(conduit.post("/v1/requests/lost-1/resolve", "{\"outcome\":\"maybe\"}").statusCode()).isEqualTo(400);
        assertThat(conduit.post("/v1/requests/lost-1/resolve", "{\"outcome\":\"settled\",\"costUsd\":-1}").statusCode()).isEqualTo(400);
        assertThat(conduit.post("/v1/requests/http/resolve", "{\"outcome\":\"void\"}").statusCode()).isEqualTo(409);
        assertThat(conduit.post("/v1/requests/nobody/resolve", "{\"outcome\":\"void\"}").statusCode()).isEqualTo(404);
        // A slip must not book the whole reservation, nor drop a cost.
        assertThat(conduit.post("/v1/requests/lost-1/resolve", "{\"outcome\":\"settled\",\"costUSD\":0.0007}").statusCode()).isEqualTo(400);
        assertThat(conduit.post("/v1/requests/lost-1/resolve", "{\"outcome\":\"void\",\"costUsd\":0.0007}").statusCode()).isEqualTo(400);

        assertThat(conduit.post("/v1/requests/lost-1/resolve", "{\"outcome\":\"settled\",\"costUsd\":0.0007}").statusCode()).isEqualTo(200);
        assertThat(conduit.post("/v1/requests/lost-2/resolve", "{\"outcome\":\"void\"}").statusCode()).isEqualTo(200);
        assertThat(conduit.post("/v1/requests/gone/resolve", "{\"outcome\":\"void\"}").statusCode()).isEqualTo(200);
        JsonNode after = conduit.get("/v1/usage").path("total");
        assertThat(after.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
        assertThat(after.path("costUsd").decimalValue().subtract(before.path("costUsd").decimalValue())).isEqualByComparingTo("0.0007");
        assertThat(state("lost-1")).isEqualTo("failed");
        assertThat(state("lost-2")).isEqualTo("failed");
        assertThat(conduit.post("/v1/requests/lost-2/resolve", "{\"outcome\":\"void\"}").statusCode()).isEqualTo(409);
        HttpResponse<String> paid = conduit.post("/v1/complete", body("lost-1", LOST));
        assertThat(paid.statusCode()).isEqualTo(502);
        assertThat(paid.body()).contains("send the request under another id");
        assertThat(conduit.starts("lost-1")).isEqualTo(1);
    }

    @Test
    void whatOutlivedConduitAndItsTimeIsBookedAtItsWorstCase() throws Exception {
        eventually(() -> { assertThat(state("late")).isEqualTo("failed"); });
        JsonNode late = conduit.get("/v1/requests/late");
        assertThat(late.path("problem").path("status").asInt()).isEqualTo(504);
        JsonNode worst = ConduitRig.JSON.readTree(conduit.post("/v1/route", body("late", "[[sim:hang]]")).body());
        assertThat(late.path("costUsd").decimalValue()).isPositive()
                .isEqualByComparingTo(worst.path("estimate").path("worstCaseUsd").decimalValue());
    }
}
