package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against a call that finds in its home what was another's. */
class HomeFileTest {

    @TempDir
    Path folder;
    private final HomeFile home = new HomeFile();

    private Path call(String name, String notes) throws Exception {
        Path call = folder.resolve(name);
        Files.createDirectories(call.resolve("home"));
        if (notes != null) {
            Files.writeString(call.resolve("home/.claude.json"), notes);
        }
        return call;
    }

    private Path found(String name) throws Exception {
        Path call = call(name, null);
        home.into(call);
        return call.resolve("home/.claude.json");
    }

    @Test
    void aLaterCallFindsWhatTheCliNotedOfItselfAndNothingOfACall() throws Exception {
        assertThat(found("first")).doesNotExist();
        home.from(call("second", "{\"machineID\":\"m\",\"projects\":{\"/x\":{\"lastPrompt\":\"secret\"}},\"history\":[\"secret\"],"
                + "\"customApiKeyResponses\":{\"approved\":[\"secret\"]},\"oauthAccount\":\"secret\"}"));
        home.from(call("third", "{\"machineID\":\"n\"}"));
        assertThat(found("fourth")).hasContent("{\"machineID\":\"m\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"half", "[]"})
    void whatIsNoNoteIsNotKept(String notes) throws Exception {
        home.from(call("odd", notes));
        home.from(call("large", "{\"a\":\"" + "x".repeat(1 << 16) + "\"}"));
        home.from(call("none", null));
        assertThat(found("next")).doesNotExist();
    }
}
