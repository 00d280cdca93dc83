package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.cli.Calls.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.cli.Calls.rule;
import static conduit.cli.Calls.write;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code rules test} says of a file's cases. */
class TestCommandTest {

    @TempDir
    Path folder;
    private Path file;
    private Path cases;

    @BeforeEach
    void rules() throws Exception {
        file = write(folder, "mine.drl", rule("Night", 10, "hour < 6", "to(\"claude-haiku-5-5\", \"nobody waits\")"));
        cases = write(folder, "mine.cases.csv", "hour,model,remark", "3,claude-haiku-5-5,deep night",
                "7,claude-haiku-5-5,morning", "9,none,day");
    }

    @Test
    void theRowThatFailsIsToldAndTheOthersAreCounted() {
        Ran ran = new Calls().run("rules", "test", file);

        assertThat(ran.lines()).hasSize(2);
        assertThat(ran.lines().get(0)).startsWith(cases + ":3").contains("no rule decided");
        assertThat(ran.lines().get(1)).isEqualTo("2 of 3 cases pass");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void allThatPassIsDone() throws Exception {
        Path other = write(folder.resolve("other"), "examples.csv", "hour,model", "5,claude-haiku-5-5");

        Ran ran = new Calls().run("rules", "test", file, other);

        assertThat(ran.out()).isEqualTo("1 of 1 case passes\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aTableThatIsNotThereIsFoundWanting() throws Exception {
        Files.delete(cases);

        Ran ran = new Calls().run("rules", "test", file);

        assertThat(ran.lines().get(0)).startsWith(cases + ": There is no such table of cases");
        assertThat(ran.lines().get(1)).isEqualTo("0 of 0 cases pass");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(new Calls().run("rules", "test", file, "nowhere.csv").out()).startsWith("nowhere.csv: There is no such");
    }

    @Test
    void aTableThatCantBeReadIsFoundWanting() throws Exception {
        write(folder, "mine.cases.csv", "hour,modell", "3,claude-haiku-5-5");

        Ran ran = new Calls().run("rules", "test", file);

        assertThat(ran.lines().get(0)).startsWith(cases + ":1").contains("modell");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void aRuleFileWithAProblemIsToldInPlaceOfItsCases() throws Exception {
        write(folder, "mine.drl", rule("Night", 10, "hours < 6", "category(\"night\")"));

        Ran ran = new Calls().run("rules", "test", file);

        assertThat(ran.lines()).hasSize(2);
        assertThat(ran.lines().get(0)).startsWith(file + ":1 in rule \"Night\"");
        assertThat(ran.lines().get(1)).isEqualTo("0 of 3 cases pass");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void jsonTellsEachRow() {
        Ran ran = new Calls().run("rules", "test", "--json", file);

        JsonNode json = ran.json();
        assertThat(json.path("passed").asInt()).isEqualTo(2);
        assertThat(json.path("total").asInt()).isEqualTo(3);
        JsonNode failed = json.path("cases").path(1);
        assertThat(failed.path("line").asInt()).isEqualTo(3);
        assertThat(failed.path("remark").asText()).isEqualTo("morning");
        assertThat(failed.path("expectedModel").asText()).isEqualTo("claude-haiku-5-5");
        assertThat(failed.path("ok").booleanValue()).isFalse();
        assertThat(failed.path("failure").path("file").asText()).isEqualTo(cases.toString());
        assertThat(json.path("cases").path(0).path("actualRule").asText()).isEqualTo("Night");
        assertThat(ran.exit()).isEqualTo(1);
    }
}
