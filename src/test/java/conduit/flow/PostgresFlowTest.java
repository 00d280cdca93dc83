package conduit.flow;

import conduit.ConduitRig;
import conduit.export.UsageExport;
import conduit.ledger.OneAtATime;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The whole flow on a real PostgreSQL: same routes, same migrations, same answers. */
class PostgresFlowTest {

    @Test
    void aRequestIsAnsweredBookedJudgedReportedAndExported(@TempDir Path home) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                ConduitRig conduit = ConduitRig.in(home).set("conduit.db.url", postgres.getJdbcUrl("postgres", "postgres"))
                        .set("conduit.db.user", "postgres")) {
            conduit.start(Clock.systemUTC());
            var reply = conduit.post("/v1/complete", "{\"id\":\"pg-1\",\"prompt\":\"Hello [[sim:cache-1h=7]]\","
                    + "\"metadata\":{\"team\":\"blue\"}}");
            assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
            BigDecimal cost = reply.json().path("usage").path("costUsd").decimalValue();
            eventually(() -> {
                var total = conduit.get("/v1/usage").json().path("total");
                assertThat(total.path("costUsd").decimalValue()).isEqualByComparingTo(cost);
                assertThat(total.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
            });
            assertThat(conduit.query("select total_tokens, cache_write_1h_tokens from usage_tracking").get(0))
                    .containsEntry("cache_write_1h_tokens", 7L)
                    .containsEntry("total_tokens", reply.json().path("usage").path("totalTokens").asLong());
            assertThat(conduit.post("/v1/feedback", "{\"requestId\":\"pg-1\",\"signal\":\"thumbs\",\"value\":\"up\"}")
                    .status()).isEqualTo(202);
            assertThat(conduit.query("select * from recent_routing_performance").get(0))
                    .containsEntry("requests", 1L).containsEntry("rated", 1L);
            assertThat(conduit.post("/v1/complete", "{\"id\":\"pg-1\",\"prompt\":\"Hello [[sim:cache-1h=7]]\","
                    + "\"metadata\":{\"team\":\"blue\"}}").json().path("createdAt"))
                    .as("the stored answer").isEqualTo(reply.json().path("createdAt"));
            exportsTheRow(conduit, home);
        }
    }

    private static void exportsTheRow(ConduitRig conduit, Path home) throws Exception {
        UsageExport tomorrow = new UsageExport(org.springframework.jdbc.core.simple.JdbcClient.create(
                (javax.sql.DataSource) conduit.context().getRegistry().lookupByName("ledger")),
                home.resolve("exports"), Clock.offset(Clock.systemUTC(), Duration.ofDays(1)),
                new OneAtATime(OneAtATime.Work.EXPORT, null));
        String file = tomorrow.export("daily").get(0);
        assertThat(Files.readAllLines(home.resolve("exports").resolve(file))).hasSize(2)
                .element(1).asString().contains("pg-1").contains("\"{\"\"team\"\":\"\"blue\"\"}\"");
    }
}
