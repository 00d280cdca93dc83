package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import conduit.faults.ConduitProcess.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** No room, no right to write: callers are told to come again, what can wait does, and nothing is lost or paid twice. */
class FullDiskIT {

    private static final String STORAGE = "conduit-storage";

    @TempDir
    Path home;
    private ConduitProcess conduit;

    @BeforeEach
    void create() throws Exception {
        conduit = ConduitProcess.in(home);
    }

    @AfterEach
    void stop() {
        conduit.close();
    }

    static String body(String id, String markers) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"Hi [[sim:key=" + id + "]]" + markers + "\",\"model\":\"claude-haiku-5-5\"}";
    }

    /** A caller learns what to do, and nothing of the inside. */
    static void assertComeAgain(HttpResponse<String> response) throws Exception {
        JsonNode problem = ConduitRig.JSON.readTree(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(problem.path("type").asText()).isEqualTo("urn:conduit:problem:storage-unavailable");
        assertThat(problem.path("detail").asText()).contains("again later").doesNotContain("/", "xception", "SQL");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private void assertBooked(int requests) {
        eventually(() -> {
            JsonNode total = conduit.get("/v1/usage").path("total");
            assertThat(total.path("requests").asInt()).isEqualTo(requests);
            assertThat(total.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
            assertThat(conduit.starts()).hasSize(requests).doesNotHaveDuplicates();
        });
    }

    @Test
    void aLedgerWithoutRoomMakesAllWaitAndGoesOnWhenThereIsRoom() throws Exception {
        conduit.start();
        var during = conduit.postLater("/v1/complete", body("during", "[[sim:latency=1500]]"));
        eventually(() -> { assertThat(conduit.starts()).contains("during"); });
        conduit.limitFiles(Long.toString(Files.size(home.resolve("h2-data/conduit.mv.db"))));
        assertComeAgain(conduit.post("/v1/complete", body("call", "")));
        Files.writeString(home.resolve("inbox/file.json"), body("file", ""));
        try (QueueClient client = new QueueClient(conduit.brokerUrl())) {
            client.send(body("message", ""), "message", null);
            assertThat(during.get(30, TimeUnit.SECONDS).statusCode()).as("it had been accepted").isEqualTo(200);
            eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("DOWN the ledger's database").contains("has room"); });
            assertComeAgain(conduit.post("/v1/complete", body("call", "")));
            assertThat(home.resolve("inbox/file.json")).exists();
            assertThat(conduit.starts()).containsOnly("during");

            conduit.limitFiles("unlimited");
            assertThat(QueueClient.json(client.receive(QueueClient.REPLIES, "message")).path("status").asText()).isEqualTo("completed");
        }
        eventually(() -> { assertThat(home.resolve("outbox/file.json")).exists(); });
        eventually(() -> { assertThat(conduit.post("/v1/complete", body("call", "")).statusCode()).isEqualTo(200); });
        assertThat(conduit.post("/v1/complete", body("during", "[[sim:latency=1500]]")).body()).contains("completed");
        assertBooked(4);
        assertThat(home.resolve("failed").toFile().list()).isEmpty();
        eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("UP"); });
    }

    @Test
    void anAnswerThatCanNotBeWrittenWaitsInTheInbox() throws Exception {
        conduit.start();
        Files.move(home.resolve("outbox"), home.resolve("away"));
        Files.writeString(home.resolve("outbox"), "no folder");
        Files.writeString(home.resolve("inbox/file.json"), body("file", ""));
        eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("DOWN answers can't be written").contains("NotDirectoryException: outbox"); });
        assertThat(home.resolve("inbox/file.json")).exists();
        assertThat(home.resolve("failed").toFile().list()).as("it is no failure of the request").isEmpty();
        Files.delete(home.resolve("outbox"));
        Files.move(home.resolve("away"), home.resolve("outbox"));
        eventually(() -> { assertThat(home.resolve("outbox/file.json")).exists(); });
        eventually(() -> { assertThat(home.resolve("inbox/file.json")).doesNotExist(); });
        assertBooked(1);
    }

    @Test
    void aCallWithoutASpoolFolderDoesNotRun() throws Exception {
        conduit.start();
        Path spool = home.resolve("h2-data/spool");
        Files.move(spool, home.resolve("away"));
        Files.writeString(spool, "no folder");
        assertComeAgain(conduit.post("/v1/complete", body("call", "")));
        eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("DOWN answers can't be written").contains("h2-data"); });
        assertThat(conduit.get("/v1/usage").path("total").path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
        Files.delete(spool);
        Files.move(home.resolve("away"), spool);
        assertThat(conduit.post("/v1/complete", body("call", "")).statusCode()).isEqualTo(200);
        assertBooked(1);
    }

    @Test
    void aDatabaseThatMayOnlyBeReadStopsTheStart() throws Exception {
        conduit.start();
        assertThat(conduit.post("/v1/complete", body("before", "")).statusCode()).isEqualTo(200);
        conduit.terminate();
        conduit.awaitEnd();
        Path file = home.resolve("h2-data/conduit.mv.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        if ("root".equals(System.getProperty("user.name"))) {
            conduit.by("setpriv", "--bounding-set", "-dac_override,-dac_read_search");
        }
        Ended ended = conduit.run();
        assertThat(ended.errors().lines()).as(ended.errors()).hasSize(1);
        assertThat(ended.errors()).startsWith("conduit: ").contains("h2-data", "writable");
        assertThat(ended.exit()).isEqualTo(1);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        conduit.start();
        assertThat(conduit.post("/v1/complete", body("before", "")).statusCode()).isEqualTo(200);
        assertBooked(1);
    }

    @Test
    void aDiskThatIsFullAtTheStartIsToldAndOnceThereIsRoomItStarts() throws Exception {
        Ended ended = conduit.by("prlimit", "--fsize=200000").run();
        assertThat(ended.errors().lines()).as(ended.errors()).last().asString().startsWith("conduit: ").contains("room");
        assertThat(ended.exit()).isEqualTo(1);
        conduit.by().start();
        assertThat(conduit.post("/v1/complete", body("after", "")).statusCode()).isEqualTo(200);
    }
}
