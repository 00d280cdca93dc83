package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import static conduit.Eventually.eventually;
import static conduit.faults.FullDiskIT.assertComeAgain;
import static conduit.faults.FullDiskIT.body;
import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL stops, or takes no writes, while calls run: what ran is booked when it is back, and nothing runs twice. */
class PostgresAwayIT {

    private static final String STORAGE = "conduit-storage";

    @TempDir
    Path home;
    @TempDir
    Path data;

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder().setDataDirectory(data.resolve("postgres")).setCleanDataDirectory(false).setPort(port).start();
    }

    private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whatRanMeanwhileIsBookedAndWhatCameMeanwhileWaits() throws Exception {
        int port = Integer.parseInt(conduit.ConduitRig.freePort());
        EmbeddedPostgres postgres = postgres(port);
        try (ConduitProcess conduit = ConduitProcess.in(home).set("conduit.db.url", postgres.getJdbcUrl("postgres", "postgres"))
                .set("conduit.db.user", "postgres")) {
            conduit.start();
            execute(postgres, "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
            eventually(() -> assertComeAgain(conduit.post("/v1/complete", body("call", ""))));
            assertThat(conduit.check(STORAGE)).startsWith("DOWN the ledger's database").contains("writable");
            execute(postgres, "alter system reset default_transaction_read_only", "select pg_reload_conf()");
            eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("UP"); });

            var during = conduit.postLater("/v1/complete", body("during", "[[sim:latency=2500]][[sim:cache-1h=77]]"));
            eventually(() -> { assertThat(conduit.starts()).contains("during"); });
            postgres.close();
            Files.writeString(home.resolve("inbox/file.json"), body("file", ""));
            assertComeAgain(conduit.post("/v1/complete", body("call", "")));
            assertThat(during.get(30, TimeUnit.SECONDS).statusCode()).as("it had been accepted").isEqualTo(200);
            eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("DOWN the ledger's database"); });
            assertThat(home.resolve("inbox/file.json")).exists();

            postgres = postgres(port);
            eventually(() -> { assertThat(home.resolve("outbox/file.json")).exists(); });
            eventually(() -> { assertThat(conduit.post("/v1/complete", body("call", "")).statusCode()).isEqualTo(200); });
            eventually(() -> {
                JsonNode total = conduit.get("/v1/usage").path("total");
                assertThat(total.path("requests").asInt()).isEqualTo(3);
                assertThat(total.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
            });
            assertThat(conduit.starts()).containsExactlyInAnyOrder("during", "file", "call");
            eventually(() -> { assertThat(conduit.check(STORAGE)).startsWith("UP"); });
        } finally {
            postgres.close();
        }
    }
}
