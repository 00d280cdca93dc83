package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Backups over HTTP: one ledger's requests answer in another, and cost nothing a second time. */
class BackupFlowTest {

    private static final String ASKED = "{\"id\":\"kept-1\",\"project\":\"shop\",\"prompt\":\"Hello\"}";

    @Test
    void whatWasBackedUpIsThereAgainInANewConduit(@TempDir Path first, @TempDir Path second) throws Exception {
        JsonNode made;
        JsonNode answer;
        try (ConduitRig conduit = ConduitRig.in(first).set("conduit.backup.cron", "* * * * * ?")
                .set("conduit.backup.keep", "1").start()) {
            assertThat(Files.isDirectory(first.resolve("backups"))).isTrue();
            conduit.put("/v1/projects/shop", "{\"defaultModel\":\"claude-haiku-5-5\",\"costLimits\":{\"daily\":3}}");
            answer = conduit.post("/v1/complete", ASKED).json();
            eventually(() -> assertThat(conduit.query("select * from usage_tracking")).hasSize(1));
            eventually(() -> assertThat(conduit.get("/v1/backups").json().path("backups").path(0).path("name").asText())
                    .startsWith("scheduled-"));
            ConduitRig.Reply[] reply = new ConduitRig.Reply[1];
            eventually(() -> {
                reply[0] = conduit.post("/v1/backups", "{\"project\":\"shop\"}");
                assertThat(reply[0].status()).as("not while the scheduled one runs").isEqualTo(201);
            });
            made = reply[0].json();
            assertThat(made.path("scope").asText()).isEqualTo("project");
            assertThat(made.path("rows").path("usage_tracking").asInt()).isEqualTo(1);
            assertThat(conduit.post("/v1/backups", "{\"projects\":\"shop\"}").status()).isEqualTo(400);
            assertThat(conduit.post("/v1/backups/x.jsonl.gz/restore", "").status()).isIn(404, 503);
            assertThat(conduit.post("/v1/backups/..%2F..%2Fx.jsonl.gz/restore", "").status()).isEqualTo(400);
            assertThat(conduit.get("/v1/backups/x").status()).isEqualTo(404);
        }
        String name = made.path("name").asText();
        try (ConduitRig conduit = ConduitRig.in(second).set("conduit.backup.cron", "off").start()) {
            Files.copy(first.resolve("backups").resolve(name), second.resolve("backups").resolve(name));
            JsonNode listed = conduit.get("/v1/backups").json();
            assertThat(listed.path("backups")).hasSize(1);
            assertThat(conduit.management("/observe/health")).contains("conduit-backups");
            assertThat(conduit.management("/observe/metrics")).contains("conduit_backups_age_seconds NaN");
            assertThat(listed.path("node").asText()).isEqualTo(Files.readString(second.resolve("h2-data/node")));
            assertThat(listed.path("backups").path(0)).isEqualTo(made);
            var dry = conduit.post("/v1/backups/" + name + "/restore", "{\"dryRun\":true}");
            assertThat(dry.json().path("tables").path("requests").path("added").asInt()).isEqualTo(1);
            for (String[] misplaced : new String[][] {{"?dryRun=true", ""}, {"?x", "{\"dryRun\":true}"}, {"", "{\"test\":true}"},
                    {"", "[]"}}) {
                var misread = conduit.post("/v1/backups/" + name + "/restore" + misplaced[0], misplaced[1]);
                assertThat(misread.status()).as(misplaced[0] + misplaced[1]).isEqualTo(400);
                assertThat(misread.json().path("detail").asText()).contains("{\"dryRun\":true}");
            }
            assertThat(conduit.post("/v1/backups?project=shop", "").json().path("detail").asText()).contains("{\"project\":");
            assertThat(conduit.get("/v1/projects/shop").status()).isEqualTo(404);

            assertThat(conduit.post("/v1/backups/" + name + "/restore", "").status()).isEqualTo(200);
            assertThat(conduit.get("/v1/projects/shop").json().path("costLimits").path("daily").asInt()).isEqualTo(3);
            assertThat(conduit.post("/v1/complete", ASKED).json()).isEqualTo(answer);
            assertThat(conduit.get("/v1/usage?project=shop").json().path("total").path("costUsd")).isEqualTo(
                    answer.path("usage").path("costUsd"));
            byte[] bad = Files.readAllBytes(second.resolve("backups").resolve(name));
            bad[bad.length / 2] ^= 1;
            Files.write(second.resolve("backups/bad.jsonl.gz"), bad);
            var refused = conduit.post("/v1/backups/bad.jsonl.gz/restore", "");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("type").asText()).isEqualTo("urn:conduit:problem:bad-backup");
            assertThat(refused.json().path("detail").asText()).contains("damaged").doesNotContain(second.toString());
        }
    }
}
