package conduit.faults;

import conduit.faults.ConduitProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What stops the start is said in one line that names the way out; the exit status tells scripts. */
class StartFailureIT {

    @TempDir
    Path home;
    private ConduitProcess conduit;

    @BeforeEach
    void create() throws Exception {
        conduit = ConduitProcess.in(home);
    }

    private static void assertOneLine(Ended ended, int exit, String... says) {
        assertThat(ended.errors().lines()).as(ended.errors()).hasSize(1);
        assertThat(ended.errors()).startsWith("conduit: ").contains(says);
        assertThat(ended.exit()).isEqualTo(exit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conduit.http.port", "conduit.management.port", "conduit.broker.port"})
    void aPortThatIsTakenIsNamedWithItsSetting(String key) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ended ended = conduit.set(key, Integer.toString(taken.getLocalPort())).run();
            assertOneLine(ended, 1, "Port " + taken.getLocalPort(), "taken", "-D" + key);
        }
    }

    @Test
    void aDatabaseInUseIsToldAsSuch() throws Exception {
        Files.createDirectories(home.resolve("h2-data"));
        try (var held = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("h2-data/conduit"), "conduit", "")) {
            assertThat(held.isValid(1)).isTrue();
            assertOneLine(conduit.run(), 1, "in use by another process", "-Dconduit.home");
        }
    }

    @Test
    void aDamagedDatabaseIsToldAsSuch() throws Exception {
        Files.createDirectories(home.resolve("h2-data"));
        Files.writeString(home.resolve("h2-data/conduit.mv.db"), "this is no database".repeat(1000));
        assertOneLine(conduit.run(), 1, "database can't be opened", "h2-data");
    }

    @Test
    void aFolderThatIsNotWritableIsNamed() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path data = Files.createDirectories(home.resolve("h2-data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertOneLine(conduit.run(), 1, "h2-data", "writable");
    }

    @Test
    void aFileInAFoldersPlaceIsNamed() throws Exception {
        Files.writeString(home.resolve("outbox"), "no folder");
        assertOneLine(conduit.run(), 1, "outbox", "conduit.home");
    }

    @ParameterizedTest
    @CsvSource({"conduit.http.port, eighty, 1 to 65535", "conduit.http.port, 0, 1 to 65535",
            "conduit.http.host, 0.0.0.0, loopback", "conduit.claude.timeout, soon, duration",
            "conduit.claude.concurrency, 0, from 1", "conduit.claude.auth, none, api-key", "conduit.claude.versions, latest, 2.1.197-2.1",
            "conduit.profile, production, demo", "conduit.zone, Berlin, Europe/Berlin",
            "conduit.db.url, jdbc:mysql:x, jdbc:postgresql", "conduit.models, nowhere.json, catalogue",
            "conduit.home, /nowhere, routes/", "conduit.export.daily.cron, whenever, second minute"})
    void aBadSettingIsNamedWithItsValueAndWhatIsAllowed(String key, String value, String allowed) throws Exception {
        assertOneLine(conduit.set(key, value).run(), 2, key, "\"" + value + "\"", allowed);
    }

    @Test
    void aBadSettingFromTheEnvironmentIsToldToo() throws Exception {
        assertOneLine(conduit.environment("CONDUIT_CLAUDE_TIMEOUT", "-1").run(), 2, "conduit.claude.timeout", "CONDUIT_CLAUDE_TIMEOUT");
    }

    @Test
    void helpIsOnStandardOutput() throws Exception {
        Ended ended = conduit.run("--help");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Usage:", "serve");
        assertThat(ended.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "--verbose", "serve now"})
    void anUnknownCommandIsWrongUse(String command) throws Exception {
        assertOneLine(conduit.run(command.split(" ")), 2, "--help");
    }
}
