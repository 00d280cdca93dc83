package conduit.flow;

import conduit.ConduitRig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A project's flood of files waits in its folder, and holds no other project up for longer than one call. */
class FloodTest {

    private static final int FILES = 120;
    private static final int PLACES = 2;

    @TempDir
    Path home;
    private ConduitRig conduit;
    private GatedClaude claude;

    @BeforeEach
    void start() throws Exception {
        conduit = ConduitRig.in(home).set("conduit.claude.concurrency", Integer.toString(PLACES))
                .set("conduit.claude.timeout", "5m");
        claude = GatedClaude.in(conduit);
        conduit.start();
        for (String project : List.of("flood", "caller", "dropper")) {
            conduit.put("/v1/projects/" + project, "{\"defaultModel\":\"claude-haiku-5-5\"}");
        }
    }

    @AfterEach
    void stop() throws IOException {
        claude.open();
        conduit.close();
    }

    private void drop(String project, String key, int age) throws IOException {
        Path folder = Files.createDirectories(home.resolve("inbox").resolve(project));
        Path draft = Files.writeString(folder.resolve("." + key), "Hello [[sim:key=" + key + "]]");
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minusSeconds(age)));
        Files.move(draft, folder.resolve(key + ".txt"));
    }

    private void flood(int files) throws IOException {
        // The last name is the oldest file.
        for (int i = files; i-- > 0;) {
            drop("flood", "f" + i, 60 + i);
        }
        eventually(() -> { assertThat(held()).hasSize(2 * PLACES); });
        eventually(() -> { assertThat(GatedClaude.places(conduit).waiting()).isEqualTo(PLACES); });
    }

    private List<String> held() {
        return conduit.query("select request_id from reservations where state = 'held'").stream()
                .map(row -> row.get("request_id").toString()).toList();
    }

    private List<String> inbox(String project) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("inbox").resolve(project))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private CompletableFuture<ConduitRig.Reply> call(String project) {
        int before = GatedClaude.places(conduit).waiting();
        CompletableFuture<ConduitRig.Reply> reply = CompletableFuture.supplyAsync(() -> conduit.post("/v1/complete",
                "{\"project\":\"" + project + "\",\"prompt\":\"Hello [[sim:key=" + project + "]]\"}"));
        eventually(() -> { assertThat(GatedClaude.places(conduit).waiting()).isEqualTo(before + 1); });
        return reply;
    }

    @Test
    void otherProjectsGetTheNextFreePlacesAndEachFileIsAnsweredOnce() throws Exception {
        flood(FILES);
        eventually(() -> { assertThat(GatedClaude.starts(conduit)).hasSize(PLACES); });
        CompletableFuture<ConduitRig.Reply> call = call("caller");
        drop("dropper", "dropped", 60);
        eventually(() -> { assertThat(GatedClaude.places(conduit).waiting()).isEqualTo(PLACES + 2); });
        assertThat(inbox("flood")).as("all others wait in their folder").hasSize(FILES);
        assertThat(held()).hasSize(2 * PLACES + 2);

        for (int i = 1; i <= 2; i++) {
            int more = PLACES + i;
            claude.letOne();
            eventually(() -> { assertThat(GatedClaude.starts(conduit)).hasSize(more); });
        }
        List<String> starts = GatedClaude.starts(conduit);
        assertThat(starts.subList(PLACES, PLACES + 2)).containsExactly("caller", "dropped");
        assertThat(starts.subList(0, PLACES)).as("the oldest ones").allSatisfy(key -> assertThat(key)
                .isIn("f" + (FILES - 1), "f" + (FILES - 2), "f" + (FILES - 3), "f" + (FILES - 4)));

        claude.open();
        assertThat(call.join().status()).isEqualTo(200);
        eventually(() -> { assertThat(inbox("flood")).isEmpty(); });
        assertThat(GatedClaude.starts(conduit)).hasSize(FILES + 2).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, FILES).mapToObj(i -> home.resolve("outbox/flood/f" + i + ".json")))
                .allSatisfy(answer -> assertThat(answer).exists());
        eventually(() -> { assertThat(held()).isEmpty(); });
        assertThat(home.resolve("failed/flood")).doesNotExist();
    }

    @Test
    void aStopLeavesWhatWaitsInItsFolderAndTellsCallers() throws Exception {
        flood(20);
        CompletableFuture<ConduitRig.Reply> call = call("caller");
        List<String> started = GatedClaude.starts(conduit);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(conduit::stop);
        ConduitRig.Reply told = call.join();
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.json().path("type").asText()).isEqualTo("urn:conduit:problem:stopping");
        assertThat(told.response().headers().firstValue("Retry-After")).contains("5");
        claude.open();
        stop.join();
        assertThat(GatedClaude.starts(conduit)).isEqualTo(started).hasSize(PLACES);
        assertThat(inbox("flood")).hasSize(20 - PLACES);
        assertThat(home.resolve("failed/flood")).doesNotExist();

        conduit.start();
        eventually(() -> { assertThat(inbox("flood")).isEmpty(); });
        assertThat(GatedClaude.starts(conduit)).hasSize(20).doesNotHaveDuplicates();
        eventually(() -> { assertThat(held()).isEmpty(); });
    }
}
