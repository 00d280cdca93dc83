package conduit.settings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Guards against a schedule that stops the start without saying which one, or never comes. */
class CronTest {

    private static final String KEY = "conduit.backup.cron";

    private static Keys keys(String text) {
        Properties system = new Properties();
        system.put(KEY, text);
        return Keys.load(Map.of(), system);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 30 2 ?", "0 0 0 1 1 ? 2020", "never", "", "* * *"})
    void whatNeverComesIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> keys(text).cron(KEY, ", or off")).isInstanceOf(SettingException.class)
                .hasMessageContainingAll(KEY + " is \"" + text + "\"", "0 5 0 * * ?", ", or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 30 3 * * ?", "0 0 0 29 2 ?", "0 0 4 ? * MON"})
    void whatComesIsTaken(String text) {
        assertThatCode(() -> keys(text).cron(KEY, "")).doesNotThrowAnyException();
    }
}
