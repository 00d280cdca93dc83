package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Killed while a call ran on a process that had waited for it, and while another one waited. */
class WarmCrashIT {

    @TempDir
    static Path home;
    private static ConduitProcess conduit;
    private static List<String> left;

    private static String body(String id, String markers) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"Hi [[sim:key=" + id + "]]" + markers + "\",\"model\":\"claude-haiku-5-5\"}";
    }

    private static List<String> spool() throws Exception {
        try (Stream<Path> folders = Files.list(home.resolve("h2-data/spool"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> spares() throws Exception {
        return spool().stream().filter(name -> name.startsWith(".")).toList();
    }

    private static void awaitSpare() {
        eventually(() -> { assertThat(conduit.metric("conduit_claude_spares")).isEqualTo("1.0"); });
    }

    @BeforeAll
    static void killWhileACallRuns() throws Exception {
        conduit = ConduitProcess.in(home).set("conduit.claude.warm", "on").set("conduit.claude.timeout", "20s").start();
        awaitSpare();
        conduit.postLater("/v1/complete", body("warm", "[[sim:latency=3000]]"));
        eventually(() -> { assertThat(conduit.starts()).containsExactly("warm"); });
        awaitSpare();
        assertThat(home.resolve("h2-data/spool/warm~1/stdout")).as("it runs on a process that waited").isSymbolicLink();
        left = spares();
        conduit.kill();
        conduit.start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @Test
    void theCallIsSettledFromItsOwnOutputAndRunsOnce() throws Exception {
        eventually(() -> {
            assertThat(conduit.get("/v1/requests/warm").path("state").asText()).isEqualTo("completed");
        });
        JsonNode booked = conduit.get("/v1/requests/warm");
        assertThat(conduit.post("/v1/complete", body("same", "[[sim:latency=3000]]")).statusCode()).isEqualTo(200);
        assertThat(booked.path("usage").path("costUsd").decimalValue()).isPositive()
                .isEqualByComparingTo(conduit.get("/v1/requests/same").path("usage").path("costUsd").decimalValue());
        assertThat(conduit.starts("warm")).isEqualTo(1);
        JsonNode total = conduit.get("/v1/usage").path("total");
        assertThat(total.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
    }

    @Test
    void whatWaitedIsGoneAndItsFolderToo() {
        assertThat(left).hasSize(2);
        eventually(() -> {
            assertThat(spares()).hasSize(1).doesNotContainAnyElementsOf(left);
            assertThat(spool()).as("the new one, and no run's").hasSize(1);
        });
    }
}
