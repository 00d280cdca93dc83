package conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import conduit.cli.Backtests;
import conduit.cli.Unable;
import conduit.json.Json;
import conduit.settings.Keys;
import conduit.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A backtest without a server: it reads the database, and leaves the rule folder as it was. */
class DirectBacktestsTest {

    private static final String BAD = "rule \"Night\" when $route : Route() Request( hours < 6 ) then "
            + "$route.category(\"x\"); end";

    @TempDir
    Path home;
    private Keys keys;

    @BeforeEach
    void create() throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("rules"));
        Files.writeString(home.resolve("rules/bad.drl"), BAD);
        Properties properties = new Properties();
        properties.setProperty("conduit.home", home.toString());
        keys = Keys.load(Map.of(), properties);
    }

    private void makeDatabase() throws Exception {
        Files.createDirectories(home.resolve("h2-data"));
        try (HikariDataSource made = Preflight.database(Settings.read(keys, Map.of()))) {
            assertThat(made.isRunning()).isTrue();
        }
    }

    private static String body(String text) {
        var body = Json.newObject();
        body.putArray("files").addObject().put("file", "mine.drl").put("content", text);
        return body.toString();
    }

    @Test
    void whereThereIsNoDatabaseNoneIsMade() {
        assertThatThrownBy(() -> DirectBacktests.open(keys, new SettableClock("2026-11-21T10:00:00Z")))
                .isInstanceOf(Unable.class).hasMessageContainingAll("There is no database", "conduit.home", "--url");
        assertThat(home.resolve("h2-data")).doesNotExist();
    }

    @Test
    void itReportsAsAServerDoesAndWritesNoNotes() throws Exception {
        makeDatabase();
        try (Backtests backtests = DirectBacktests.open(keys, new SettableClock("2026-11-21T10:00:00Z"))) {
            JsonNode report = Json.object(backtests.run(body(BAD.replace("hours", "hour"))).json());
            assertThat(report.path("to").asText()).startsWith("2026-11-21T10:00:00");
            assertThat(report.path("requests").asInt(-1)).isZero();
            Backtests.Answer refused = backtests.run(body(BAD));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json()).contains("mine.drl", "hours");
        }
        try (var files = Files.list(home.resolve("rules"))) {
            assertThat(files).containsExactly(home.resolve("rules/bad.drl"));
        }
    }
}
