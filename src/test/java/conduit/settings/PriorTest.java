package conduit.settings;

import conduit.model.Catalogue;
import conduit.model.CatalogueFile;
import conduit.model.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** A stronger prior believes the same of each model, only more firmly, and changes nothing else of the catalogue. */
class PriorTest {

    private static final String MODEL = ",\"prices\":{\"input\":1,\"output\":%d,\"cacheWrite5m\":1.25,\"cacheWrite1h\":2,"
            + "\"cacheRead\":0.1},\"maxOutput\":100";

    @TempDir
    static Path folder;
    private static Path file;

    @BeforeAll
    static void write() throws Exception {
        file = Files.writeString(folder.resolve("models.json"), "{\"models\":["
                + "{\"id\":\"dear\"" + MODEL.formatted(50) + ",\"prior\":{\"alpha\":3,\"beta\":1}},"
                + "{\"id\":\"base\"" + MODEL.formatted(5) + ",\"auto\":true,\"follows\":\"older\",\"baseline\":true},"
                + "{\"id\":\"usual\"" + MODEL.formatted(5) + ",\"prior\":{\"alpha\":0.2,\"beta\":0.8},\"default\":true}]}");
    }

    private static Catalogue read(String strength) {
        Properties system = new Properties();
        system.setProperty("conduit.home", ".");
        system.setProperty("conduit.models", file.toString());
        system.setProperty("conduit.bandit.prior-strength", strength);
        return Settings.read(Keys.load(Map.of(), system), Map.of()).catalogue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "4", "10", "1000"})
    void theMeanIsKeptAndTheStrengthIsSet(String strength) {
        Catalogue stronger = read(strength);
        for (Model model : CatalogueFile.read(file).all()) {
            Model now = stronger.require("", model.id());
            assertThat(now.priorAlpha() + now.priorBeta()).isCloseTo(Double.parseDouble(strength), within(1e-9));
            assertThat(now.priorAlpha() / (now.priorAlpha() + now.priorBeta()))
                    .isCloseTo(model.priorAlpha() / (model.priorAlpha() + model.priorBeta()), within(1e-12));
            assertThat(now).usingRecursiveComparison().ignoringFields("priorAlpha", "priorBeta").isEqualTo(model);
        }
        assertThat(stronger.ids()).containsExactly("dear", "base", "usual");
        assertThat(stronger.baseline()).isEqualTo(stronger.require("", "base"));
        assertThat(stronger.byDefault()).isEqualTo(stronger.require("", "usual"));
    }

    @Test
    void leftEmptyThePriorsAreThoseOfTheCatalogue() {
        assertThat(read("").all()).isEqualTo(CatalogueFile.read(file).all());
        assertThat(read(" ").all()).isEqualTo(CatalogueFile.read(file).all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.09", "1000.1", "-1", "strong", "NaN", "Infinity", "1e400", "4,5"})
    void aBadStrengthStopsTheStartWithWhatIsAllowed(String strength) {
        assertThatThrownBy(() -> read(strength)).isInstanceOf(SettingException.class)
                .hasMessageStartingWith("conduit.bandit.prior-strength is \"" + strength + "\"; it must be a number from 0.1 to 1000");
    }
}
