package conduit.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A value that can't be meant, such as a range that holds no version, must stop the start and not the calls. */
class ClaudeSettingsTest {

    @TempDir
    Path home;

    private Settings read(String... words) throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Properties system = new Properties();
        system.setProperty("conduit.home", home.toString());
        for (int i = 0; i < words.length; i += 2) {
            system.setProperty("conduit." + words[i], words[i + 1]);
        }
        return Settings.read(Keys.load(Map.of(), system), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"claude.versions, 2.2-2.1, older one first", "claude.versions, 2.1.330-2.1.197, older one first",
        "claude.versions, 10-9.9, older one first", "claude.retry-delay, 9s, from 1ms to 8s",
        "claude.retry-delay, 0, above 0", "claude.warm.max-age, 999ms, from 1s to 7d", "claude.breaker.pause, 61m, from 1s to 1h",
        "claude.breaker.pause, 1ms, from 1s to 1h"})
    void whatIsOutsideItsRangeIsToldWithTheRange(String key, String value, String allowed) {
        assertThatThrownBy(() -> read(key, value)).isInstanceOf(SettingException.class)
                .hasMessageContainingAll("conduit." + key + " is \"" + value + "\"", allowed);
    }

    @ParameterizedTest
    @CsvSource({"claude.versions, 2.1.197-2.1", "claude.versions, 2.1-2.1.330", "claude.versions, 2.1.9-2.1.10",
        "claude.retry-delay, 8s", "claude.retry-delay, 1ms", "claude.warm.max-age, 1s", "claude.breaker.pause, 1h"})
    void theBoundsAreAllowed(String key, String value) throws Exception {
        assertThat(read(key, value).placeholders()).containsEntry("conduit." + key, value);
    }

    @Test
    void aDemoWithoutItsSimulatorTellsWhatIsMissingAndHowToHaveIt() {
        assertThatThrownBy(() -> read("profile", "demo")).isInstanceOf(SettingException.class)
                .hasMessageContainingAll("src/simulator/claude", "copy src/simulator", "conduit.claude.command")
                .hasMessageNotContaining(home.toString());
    }
}
