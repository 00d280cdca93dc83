package conduit.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogueFileTest {

    private static final String PRICES =
            "'prices':{'input':1,'output':5,'cacheWrite5m':1.25,'cacheWrite1h':2,'cacheRead':0.1}";

    @TempDir
    Path folder;

    private Catalogue read(String json) throws Exception {
        return CatalogueFile.read(Files.writeString(folder.resolve("models.json"), json.replace('\'', '"')));
    }

    private static String model(String id, String more) {
        return "{'id':'" + id + "'," + PRICES + ",'maxOutput':100" + more + "}";
    }

    @Test
    void aModelSaysNothingOfPriorAndBanditByDefault() throws Exception {
        Model model = read("{'models':[" + model("a", ",'default':true") + "]}").byDefault();

        assertThat(model.id()).isEqualTo("a");
        assertThat(model.auto()).isFalse();
        assertThat(model.priorAlpha()).isEqualTo(1);
        assertThat(model.priorBeta()).isEqualTo(1);
        assertThat(model.maxOutput()).isEqualTo(100);
    }

    @Test
    void withoutAMarkTheDearestModelIsTheBaseline() throws Exception {
        String dear = model("dear", "").replace("'output':5", "'output':50");

        assertThat(read("{'models':[" + model("a", ",'default':true") + "," + dear + "]}").baseline().id())
                .isEqualTo("dear");
        assertThat(read("{'models':[" + model("a", ",'default':true,'baseline':true") + "," + dear + "]}")
                .baseline().id()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'id':'a'           | 'x':'a'            | models[0].id is missing
            'prices':          | 'price':           | models[0].prices is missing
            'input':1          | 'input':-1         | models[0].prices.input is -1
            'cacheRead':0.1    | 'cacheRead':'0.1'  | models[0].prices.cacheRead is "0.1"
            'cacheWrite1h':2   | 'x':2              | models[0].prices.cacheWrite1h is missing
            'cacheRead':0.1    | 'cacheRead':0.1,'longPrompt':{'factor':5}  | models[0].prices.longPrompt.above is missing
            'cacheRead':0.1    | 'cacheRead':0.1,'longPrompt':{'above':9,'factor':0.9}  | models[0].prices.longPrompt.factor is 0.9
            'maxOutput':100    | 'maxOutput':0      | models[0].maxOutput is 0
            'maxOutput':100    | 'x':100            | models[0].maxOutput is missing
            'maxOutput':100    | 'maxOutput':100,'prior':{'alpha':0}  | models[0].prior.alpha is 0
            'maxOutput':100    | 'maxOutput':100,'prior':{'alpha':1e300}  | models[0].prior.alpha is
            'default':true     | 'default':false    | one of them with "default": true
            'default':true     | 'default':'yes'    | models[0].default is "yes"
            """)
    void aBadFileSaysWhichMemberOfWhichModel(String good, String bad, String message) {
        String text = "{'models':[" + model("a", ",'default':true").replace(good, bad) + "]}";

        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aModelThatIsThereTwiceIsRefused() {
        String one = model("a", ",'default':true");

        assertThatThrownBy(() -> read("{'models':[" + one + "," + one + "]}"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a is in the catalogue twice");
    }

    @Test
    void aFileThatIsNotThereOrNoJsonIsNamed() throws Exception {
        assertThatThrownBy(() -> CatalogueFile.read(folder.resolve("none.json")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("none.json can't be read");
        assertThatThrownBy(() -> read("{'models':[")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("models.json: The body is not JSON at line 1");
    }
}
