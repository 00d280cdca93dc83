package conduit.flow;

import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Folders that each stop leaves behind would fill the disk, and look as if calls were open. */
class StopLeavesNothingTest {

    @Test
    void neitherWhatRanNorWhatWaitedLeavesAFolder(@TempDir Path home) throws Exception {
        ConduitRig rig = ConduitRig.in(home).set("conduit.claude.concurrency", "2").set("conduit.claude.warm", "on");
        try (ConduitRig conduit = rig.start()) {
            eventually(() -> assertThat(conduit.management("/observe/metrics")).contains("conduit_claude_spares 1.0"));
            var calls = new CompletableFuture<?>[4];
            for (int i = 0; i < calls.length; i++) {
                calls[i] = CompletableFuture.supplyAsync(() -> conduit.post("/v1/complete",
                        "{\"prompt\":\"Hello [[sim:latency=1500]]\"}"));
            }
            eventually(() -> assertThat(GatedClaude.places(conduit).waiting()).isEqualTo(2));
            conduit.stop();
            assertThat(home.resolve("h2-data/spool")).isEmptyDirectory();
            CompletableFuture.allOf(calls).exceptionally(failure -> null).join();
        }
    }
}
