package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A version next to the range must not pass as known, and 2.1.1000 must not count as older than 2.1.197. */
class VersionsTest {

    @ParameterizedTest
    @CsvSource({"2.1.197, true", "2.1.196, false", "2.1.330, true", "2.1.1000, true", "2.2.0, false", "2.0.999, false",
        "1.9.999, false", "3.0.0, false", "10.1.200, false"})
    void theRangeTakesItsBoundsAndWhatLiesBetween(String version, boolean known) {
        assertThat(Versions.of("2.1.197-2.1").hold(version)).isEqualTo(known);
    }

    @Test
    void aWholeLastVersionIsTheLastOne() {
        Versions range = Versions.of("2.1-2.1.330");

        assertThat(range.hold("2.1.0")).isTrue();
        assertThat(range.hold("2.1.330")).isTrue();
        assertThat(range.hold("2.1.331")).isFalse();
        assertThat(range).hasToString("2.1 to 2.1.330");
        assertThat(Versions.of("2.1.197-2.1")).hasToString("2.1.197 to 2.1.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2.1", "2.1-", "2.1.x-2.2", "2.1.197 - 2.1", "1.2.3.4-2", "9999999-99999999"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> Versions.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
