package conduit.flow;

import conduit.ConduitRig;
import conduit.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a schedule that removes nothing, or a sender who then waits for an answer that is gone. */
class RetentionFlowTest {

    private static final String BODY = "{\"id\":\"kept-1\",\"prompt\":\"Hi\",\"model\":\"claude-haiku-5-5\"}";

    @Test
    void theScheduleArchivesUsageAndDropsAnswersAndReportsStay(@TempDir Path home) throws Exception {
        SettableClock clock = new SettableClock("2026-11-20T10:00:00Z");
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.retention.usage", "2 months")
                .set("conduit.retention.answers", "30 days").set("conduit.retention.cron", "* * * * * ?")
                .set("conduit.export.daily.cron", "* * * * * ?").set("conduit.export.hourly.cron", "* * * * * ?")
                .start(clock)) {
            assertThat(conduit.post("/v1/complete", BODY).status()).isEqualTo(200);
            eventually(() -> assertThat(conduit.query("select * from usage_tracking")).hasSize(1));
            assertThat(conduit.post("/v1/complete", BODY).status()).as("the stored answer").isEqualTo(200);
            String report = "/v1/usage?from=2026-11-01&to=2026-11-30&groupBy=day,model,agent";
            var before = conduit.get(report).json();

            clock.set("2027-02-01T00:30:00Z");
            eventually(() -> assertThat(conduit.query("select * from usage_tracking")).isEmpty());
            eventually(() -> assertThat(conduit.query("select * from requests where answer is not null")).isEmpty());

            assertThat(home.resolve("exports/archive/usage-2026-11.csv.gz")).exists();
            assertThat(Files.readString(home.resolve("exports/usage-2026-11-20.csv"))).contains("kept-1");
            assertThat(conduit.get(report).json()).isEqualTo(before);
            var again = conduit.post("/v1/complete", BODY);
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.json().path("type").asText()).isEqualTo("urn:conduit:problem:answer-gone");
            assertThat(conduit.get("/v1/requests/kept-1").json().path("state").asText()).isEqualTo("completed");
            assertThat(conduit.invocations()).isEqualTo(1);
        }
    }
}
