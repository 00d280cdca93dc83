package conduit;

import conduit.cli.Place;
import conduit.cli.Unable;
import conduit.json.Json;
import conduit.settings.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Backups without a server: from a database that is there, into a home that has none. */
class DirectBackupsTest {

    private static final SettableClock CLOCK = new SettableClock("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private Keys keys(String home) throws IOException {
        Files.createDirectories(folder.resolve(home).resolve("routes"));
        Properties properties = new Properties();
        properties.setProperty("conduit.home", folder.resolve(home).toString());
        return Keys.load(Map.of(), properties);
    }

    @Test
    void aBackupMovesToANewHome() throws Exception {
        assertThatThrownBy(() -> DirectBackups.open(keys("old"), CLOCK, false).call("POST", "backups", "{}")).isInstanceOf(Unable.class)
                .hasMessageContainingAll("There is no database", "conduit.home", "--url");
        String name;
        try (Place old = DirectBackups.open(keys("old"), CLOCK, true)) {
            var made = old.call("POST", "backups", "{}");
            assertThat(made.status()).isEqualTo(201);
            name = Json.object(made.json()).path("name").asText();
            assertThat(old.progress().total()).isZero();
        }
        Files.createDirectories(folder.resolve("new/backups"));
        Files.copy(folder.resolve("old/backups").resolve(name), folder.resolve("new/backups").resolve(name));
        try (Place list = DirectBackups.open(keys("new").with("conduit.profile", "demo"), CLOCK, false)) {
            assertThat(Json.object(list.call("GET", "backups", null).json()).path("backups").path(0).path("name").asText())
                    .as("the list of a home without database and simulator").isEqualTo(name);
            assertThat(folder.resolve("new/h2-data")).doesNotExist();
        }
        try (Place other = DirectBackups.open(keys("new"), CLOCK, true)) {
            var done = other.call("POST", "backups/" + name + "/restore", "{\"dryRun\":false}");
            assertThat(done.status()).as(done.json()).isEqualTo(200);
            assertThat(Json.object(done.json()).path("tables").path("projects").path("replaced").asInt()).isEqualTo(1);
            assertThat(other.call("POST", "backups/..%2F" + name + "/restore", "").status()).isEqualTo(400);
        }
    }
}
