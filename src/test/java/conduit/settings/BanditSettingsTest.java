package conduit.settings;

import conduit.bandit.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bandit's keys: what is measured is what is shipped, and no setting lays a model to rest for ever. */
class BanditSettingsTest {

    private static Settings.Bandit read(String... words) {
        Properties system = new Properties();
        for (int i = 0; i < words.length; i += 2) {
            system.setProperty("conduit.bandit." + words[i], words[i + 1]);
        }
        return Settings.Bandit.read(Keys.load(Map.of(), system));
    }

    @Test
    void theDefaultsAreThoseOfTheMeasurements() {
        assertThat(read().terms()).isEqualTo(new Terms(0.04, 0, 1, 0, 1.5, null));
        assertThat(read().tuning().discount()).isEqualTo(0.999);
    }

    @Test
    void whereNothingIsForgottenNoModelRests() {
        assertThat(read("discount", "1", "rest-beyond", "2").terms().restBeyond()).isZero();
        assertThat(read("discount", "0.9999", "rest-beyond", "2").terms().restBeyond()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"lambda, -1", "discount, 0.5", "discount, 1.1", "uniform, 2", "rest-beyond, x"})
    void aBadValueIsToldWithItsKey(String key, String value) {
        assertThatThrownBy(() -> read(key, value)).isInstanceOf(SettingException.class)
                .hasMessageContaining("conduit.bandit." + key + " is \"" + value + "\"");
    }
}
