package conduit.feedback;

import conduit.settings.Keys;
import conduit.settings.SettingException;
import conduit.settings.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Guards against a guess that outweighs what people say, or counts the wrong way. */
class RepeatWeightTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0, .2", "0, 0, .8, .2", "20, .4, .8, .35", "20, .8, .8, .1", "1000, .8, .8, .003922",
            "1000, .9, .6, 0", "1000, 0, .8, .5", "1000, 0, 0, .2"})
    void theMoreIsSaidTheLessTheFirstGuessCounts(long repeated, double worth, double all, double weight) {
        assertThat(new RepeatWeight(0.2).after(new RepeatWeight.Said(repeated, worth, all))).isCloseTo(weight, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0.51", "-0.1", "on", "NaN", "''"})
    void aWeightThatIsNoneStopsTheStart(String value) {
        Properties system = new Properties();
        system.put("conduit.home", ".");
        system.put("conduit.feedback.repeat-weight", value);
        assertThatThrownBy(() -> Settings.read(Keys.load(Map.of(), system), Map.of())).isInstanceOf(SettingException.class)
                .hasMessageContaining("conduit.feedback.repeat-weight is \"" + value + "\"; it must be a number from 0.0 to 0.5");
    }
}
