package conduit.flow;

import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** More HTTP callers than may wait are told so at once, and neither run nor hold the others up. */
class SaturationTest {

    @Test
    void aCallerBeyondTheLineIsToldWhenToTryAgain(@TempDir Path home) throws Exception {
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.claude.concurrency", "1").set("conduit.http.line", "0")
                .start()) {
            var first = CompletableFuture.supplyAsync(() -> conduit.post("/v1/complete",
                    "{\"prompt\":\"First [[sim:latency=3000]]\"}"));
            eventually(() -> {
                assertThat(conduit.invocations()).isEqualTo(1);
            });
            var second = conduit.post("/v1/complete", "{\"prompt\":\"Second\"}");
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.json().path("type").asText()).isEqualTo("urn:conduit:problem:saturated");
            assertThat(second.response().headers().firstValue("Retry-After")).contains("5");
            assertThat(conduit.post("/v1/route", "{\"prompt\":\"Meanwhile\"}").status()).isEqualTo(200);
            assertThat(first.join().status()).isEqualTo(200);
            assertThat(conduit.invocations()).isEqualTo(1);
            eventually(() -> {
                assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Third\"}").status()).isEqualTo(200);
            });
        }
    }
}
