package conduit.settings;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** A misspelt key changes nothing, so whoever set it must hear of it. */
class KeysTest {

    @Test
    void eachKeyThatNobodyReadsIsTold() {
        Properties system = new Properties();
        system.setProperty("conduit.http.port", "8081");
        system.setProperty("conduit.claude.env.ANY", "x");
        system.setProperty("java.home", "x");
        assertThat(Keys.load(Map.of(), system).warnings(system)).isEmpty();
        system.setProperty("conduit.http.prot", "8081");
        system.setProperty("conduit.db.ulr", "x");
        assertThat(Keys.load(Map.of(), system).warnings(system)).containsExactly(
                "conduit.db.ulr is no setting of Conduit and changes nothing",
                "conduit.http.prot is no setting of Conduit and changes nothing");
    }
}
