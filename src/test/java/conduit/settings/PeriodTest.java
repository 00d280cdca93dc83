package conduit.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Period;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Guards against a retention that is read as something else than was meant: what is removed is gone. */
class PeriodTest {

    private static Period read(String text) {
        Properties system = new Properties();
        system.put("conduit.retention.usage", text);
        return Keys.load(Map.of(), system).period("conduit.retention.usage");
    }

    @Test
    void daysMonthsAndForEver() {
        assertThat(read("90 days")).isEqualTo(Period.ofDays(90));
        assertThat(read("24 months")).isEqualTo(Period.ofMonths(24));
        assertThat(read("1 month")).isEqualTo(Period.ofMonths(1));
        assertThat(read("1 day")).isEqualTo(Period.ofDays(1));
        assertThat(read("90 Days")).isEqualTo(Period.ofDays(90));
        assertThat(read("")).isNull();
        assertThat(Keys.load(Map.of(), new Properties()).period("conduit.retention.usage")).as("the default").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 days", "-1 days", "24", "24m", "24months", "1.5 months", "99999 days", "never"})
    void anythingElseIsRefusedWithItsKeyAndTheForm(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(SettingException.class)
                .hasMessageContaining("conduit.retention.usage is \"" + text + "\"").hasMessageContaining("\"24 months\"");
    }
}
