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
    void aCallerBeyondItsProjectsLineIsToldWhenToTryAgain(@TempDir Path home) throws Exception {
        ConduitRig rig = ConduitRig.in(home).set("conduit.claude.concurrency", "1").set("conduit.http.line", "0");
        GatedClaude claude = GatedClaude.in(rig);
        try (ConduitRig conduit = rig.start()) {
            conduit.put("/v1/projects/other", "{\"defaultModel\":\"claude-haiku-5-5\"}");
            var first = CompletableFuture.supplyAsync(() -> conduit.post("/v1/complete",
                    "{\"prompt\":\"First [[sim:key=first]]\"}"));
            eventually(() -> {
                assertThat(conduit.invocations()).isEqualTo(1);
            });
            var second = conduit.post("/v1/complete", "{\"id\":\"second\",\"prompt\":\"Second\"}");
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.json().path("type").asText()).isEqualTo("urn:conduit:problem:saturated");
            assertThat(second.response().headers().firstValue("Retry-After")).contains("5");
            assertThat(second.json().path("detail").asText()).contains("\"default\"");
            assertThat(conduit.query("select id from requests where id = 'second'")).isEmpty();
            assertThat(conduit.post("/v1/route", "{\"prompt\":\"Meanwhile\"}").status()).isEqualTo(200);
            assertThat(conduit.post("/v1/complete", "{\"prompt\":\"\"}").status()).as("what is wrong is told first").isEqualTo(400);
            var other = CompletableFuture.supplyAsync(() -> conduit.post("/v1/complete",
                    "{\"project\":\"other\",\"prompt\":\"Third [[sim:key=other]]\"}"));
            eventually(() -> {
                assertThat(GatedClaude.places(conduit).waiting()).as("another project's line is free").isEqualTo(1);
            });
            claude.open();
            assertThat(first.join().status()).isEqualTo(200);
            assertThat(other.join().status()).isEqualTo(200);
            assertThat(GatedClaude.starts(conduit)).containsExactly("first", "other");
            eventually(() -> {
                assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Fourth\"}").status()).isEqualTo(200);
            });
        }
    }
}
