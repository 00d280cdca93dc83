package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.cli.Calls.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.cli.Calls.rule;
import static conduit.cli.Calls.write;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code rules check} says of files that no server knows. */
class CheckCommandTest {

    private static final String NIGHT = rule("Night", 10, "hour < 6", "to(\"claude-haiku-5-5\", \"nobody waits\")");
    private static final String MISSPELT = rule("Research", 5, "agentTyp == \"research\"", "category(\"research\")");

    @TempDir
    Path folder;

    @Test
    void theShippedRulesAreRight() {
        Ran ran = new Calls().run("rules", "check", "--strict", "rules");

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).matches("ok: \\d+ rules in \\d+ files\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aProblemIsOneLineThatAnEditorCanFollow() throws Exception {
        Path file = write(folder, "mine.drl", NIGHT, MISSPELT);

        Ran ran = new Calls().run("rules", "check", file);

        assertThat(ran.lines()).singleElement().asString().startsWith(file + ":2 in rule \"Research\": Request has no "
                + "field \"agentTyp\"").contains("Did you mean agentType?");
        assertThat(ran.err()).isEqualTo("not ok: 1 problem in 1 file\n");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void aFolderMeansAllRuleFilesInItAndNothingElse() throws Exception {
        write(folder, "b.drl", MISSPELT);
        write(folder, "a.drl", MISSPELT);
        write(folder, "README.md", "no rule");
        write(folder, "a.drl.error.txt", "an old note");

        Ran ran = new Calls().run("rules", "check", folder);

        assertThat(ran.lines()).hasSize(2);
        assertThat(ran.lines().get(0)).startsWith(folder.resolve("a.drl") + ":1");
        assertThat(ran.lines().get(1)).startsWith(folder.resolve("b.drl") + ":1");
    }

    @Test
    void aFileOfAFolderThatNothingReadsIsFoundWanting() throws Exception {
        write(folder, "good.drl", NIGHT);
        write(folder, "mine.drl.txt", NIGHT);
        write(folder, "lost.cases.csv", "user,model");

        Ran ran = new Calls().run("rules", "check", folder);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.lines()).hasSize(2);
        assertThat(ran.lines().get(0)).startsWith(folder.resolve("lost.cases.csv") + ": There is no rule file lost.drl");
        assertThat(ran.lines().get(1)).startsWith(folder.resolve("mine.drl.txt") + ": Nothing in this file is used");
        assertThat(new Calls().run("rules", "check", folder.resolve("good.drl")).exit()).isZero();
    }

    @Test
    void nothingIsWrittenBesideTheFiles() throws Exception {
        Path file = write(folder, "mine.drl", MISSPELT);

        new Calls().run("rules", "check", file);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aCaseThatFailsIsAProblemOfTheTablesRow() throws Exception {
        Path file = write(folder, "mine.drl", NIGHT);
        write(folder, "mine.cases.csv", "hour,model", "3,claude-haiku-5-5", "4,claude-opus-5-5");

        Ran ran = new Calls().run("rules", "check", file);

        assertThat(ran.lines()).singleElement().asString().startsWith(folder.resolve("mine.cases.csv") + ":3")
                .contains("claude-haiku-5-5 was chosen");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(new Calls().run("rules", "check", folder.resolve("mine.cases.csv")).out()).isEqualTo(ran.out());
    }

    @Test
    void sentencesUseTheDictionaryBesideThem() throws Exception {
        Path file = write(folder, "mine.dslr", "rule \"Night\" salience 1", "when", "  it is night", "then",
                "  call it \"night\"", "end");
        write(folder, "words.dsl", "[when]it is night=Request( hour < 6 )",
                "[then]call it \"{a}\"=$route.category(\"{a}\");");

        assertThat(new Calls().run("rules", "check", file).exit()).isZero();
        assertThat(new Calls().run("rules", "check", folder.resolve("words.dsl")).err()).isEqualTo("ok: 1 rule in 1 file\n");
        Files.delete(folder.resolve("words.dsl"));
        assertThat(new Calls().run("rules", "check", file).lines()).first().asString().startsWith(file + ":")
                .contains("dictionary");
    }

    @Test
    void aWarningIsToldAndOnlyWithStrictFoundWanting() throws Exception {
        Path file = write(folder, "mine.drl", NIGHT, rule("Never", 1, "hour < 3", "to(\"claude-opus-5-5\", \"late\")"));

        Ran ran = new Calls().run("rules", "check", file);

        assertThat(ran.lines()).singleElement().asString().startsWith(file + ":2 in rule \"Never\"").contains("Night");
        assertThat(ran.err()).isEqualTo("ok: 2 rules in 1 file, 1 warning\n");
        assertThat(ran.exit()).isZero();
        Ran strict = new Calls().run("rules", "check", "--strict", file);
        assertThat(strict.out()).isEqualTo(ran.out());
        assertThat(strict.exit()).isEqualTo(1);
    }

    @Test
    void filesOfTwoFoldersAreNotOneSet() throws Exception {
        Path one = write(folder.resolve("one"), "same.drl", NIGHT);
        Path two = write(folder.resolve("two"), "same.drl", rule("Never", 1, "hour < 3", "to(\"claude-opus-5-5\", \"x\")"));

        Ran ran = new Calls().run("rules", "check", one, two);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("ok: 2 rules in 2 files\n");
    }

    @Test
    void jsonIsOneObjectThatHoldsAll() throws Exception {
        Path file = write(folder, "mine.drl", NIGHT, MISSPELT);

        Ran ran = new Calls().run("rules", "check", "--json", file);

        JsonNode problem = ran.json().path("problems").path(0);
        assertThat(ran.json().path("ok").booleanValue()).isFalse();
        assertThat(ran.json().path("files").path(0).asText()).isEqualTo(file.toString());
        assertThat(ran.json().path("warnings").isArray()).isTrue();
        assertThat(problem.path("file").asText()).isEqualTo(file.toString());
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("rule").asText()).isEqualTo("Research");
        assertThat(problem.path("fix").asText()).contains("agentType");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void theCatalogueIsTheOneOfTheOption() throws Exception {
        Path models = write(folder, "models.json", "{\"models\":[{\"id\":\"house-1\",\"default\":true,\"maxOutput\":9,",
                "\"prices\":{\"input\":1,\"output\":1,\"cacheWrite5m\":1,\"cacheWrite1h\":1,\"cacheRead\":1}}]}");
        Path file = write(folder, "mine.drl", rule("All", 1, "hour >= 0", "to(\"house-1\", \"ours\")"));

        assertThat(new Calls().run("rules", "check", file).out()).contains("house-1");
        assertThat(new Calls().run("rules", "check", "--models", models, file).exit()).isZero();
        assertThat(new Calls().set("conduit.models", models.toString()).run("rules", "check", file).exit()).isZero();
    }
}
