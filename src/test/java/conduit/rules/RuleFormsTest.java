package conduit.rules;

import conduit.Some;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;

/** Files that are made of several: sentences with their dictionary, rules with their cases. */
class RuleFormsTest extends RuleBookRig {

    private static final String TABLE = """
            RuleTable Teams,,
            CONDITION,ACTION,ACTION
            Request,,
            "metadata[""team""]","$route.to(""$param"",","'$param');"
            Team,Model,Reason
            red,claude-haiku-5-5,the red team
            """.replace("'", "\"\"");

    private static final String SENTENCES = """
            rule "Annie" salience 5
            when The caller is "ann"
            then Take "claude-opus-5-5"
            end
            """;
    private static final String WORDS = """
            [when]The caller is "{name}"=Request( user == "{name}" )
            [then]Take "{model}"=$route.to("{model}", "by sentence");
            """;

    private String model(String request) {
        return ask(book.serving(), "{'prompt':'x'," + request + "}").model();
    }

    private String note(String file) throws Exception {
        return Files.readString(folder.resolve(file + ".error.txt"));
    }

    @Test
    void aTableServesAndItsFaultIsToldByItsRow() throws Exception {
        write("teams.drl.csv", TABLE);
        assertThat(model("'metadata':{'team':'red'}")).isEqualTo("claude-haiku-5-5");

        write("teams.drl.csv", TABLE.replace("claude-haiku-5-5", "claude-haiku"));
        assertThat(model("'metadata':{'team':'red'}")).isEqualTo("claude-haiku-5-5");
        assertThat(note("teams.drl.csv")).startsWith("teams.drl.csv:6 in rule \"").contains("\"claude-haiku\" is not in")
                .contains("the last good version of this file serves");
    }

    @Test
    void sentencesFollowTheirDictionary() throws Exception {
        write("people.dslr", SENTENCES);
        assertThat(note("people.dslr")).contains("this file is left out");
        write("words.dsl", WORDS);
        assertThat(model("'user':'ann'")).isEqualTo("claude-opus-5-5");
        assertThat(folder.resolve("people.dslr.error.txt")).doesNotExist();

        write("words.dsl", WORDS.replace("The caller is", "The user is"));
        assertThat(note("people.dslr")).startsWith("people.dslr:2 ").contains("The user is \"{name}\"");
        assertThat(model("'user':'ann'")).as("the last good dictionary holds").isEqualTo("claude-opus-5-5");

        book = newBook();
        assertThat(model("'user':'ann'")).as("also over a restart").isEqualTo("claude-opus-5-5");
    }

    @Test
    void aFileThatFailsItsCasesIsNotSwappedInAndTheFailingRowIsTold() throws Exception {
        write("people.cases.csv", "user,model,rule\nann,claude-opus-5-5,Annie\nbob,-,\n");
        String good = rule("Annie", 5, "Request( user == \"ann\" )", "$route.to(\"claude-opus-5-5\", \"a\");");
        write("people.drl", good);
        assertThat(model("'user':'ann'")).isEqualTo("claude-opus-5-5");
        String version = book.serving().version();

        write("people.drl", good.replace("\"ann\"", "\"bob\""));
        assertThat(model("'user':'ann'")).isEqualTo("claude-opus-5-5");
        assertThat(model("'user':'bob'")).isNull();
        assertThat(book.serving().version()).isEqualTo(version);
        assertThat(note("people.drl")).contains("people.cases.csv:2", "people.cases.csv:3");

        write("people.cases.csv", "user,model,rule\nann,-,\nbob,claude-opus-5-5,Annie\n");
        assertThat(model("'user':'bob'")).as("the cases follow").isEqualTo("claude-opus-5-5");
        assertThat(folder.resolve("people.drl.error.txt")).doesNotExist();
    }

    @Test
    void casesApplyOnlyToTheFileThatTheyAreNamedAfter() throws Exception {
        write("people.cases.csv", "user,model\nann,-\n");
        write("other.drl", rule("All", 5, "Request()", "$route.to(\"claude-opus-5-5\", \"a\");"));

        assertThat(book.problems()).containsOnlyKeys("people.cases.csv");
        assertThat(model("'user':'ann'")).isEqualTo("claude-opus-5-5");
    }

    @Test
    void aDictionaryThatWouldBreakSentencesIsNotPut() throws Exception {
        write("people.dslr", SENTENCES);
        write("words.dsl", WORDS);

        assertThat(book.check("words.dsl", "").problems()).extracting(RuleProblem::file).containsOnly("people.dslr");
        assertThat(book.put("words.dsl", "[when]Nothing=Request()").ok()).isFalse();
        assertThat(folder.resolve("words.dsl")).hasContent(WORDS);
        assertThat(book.put("words.dsl", WORDS + "[when]Nothing=Request()\n").ok()).isTrue();
    }

    @Test
    void aWorkbookIsPutAndReadByteForByte() throws Exception {
        byte[] shipped = Files.readAllBytes(Path.of("rules/support.drl.xlsx"));
        String content = new String(shipped, StandardCharsets.ISO_8859_1);

        assertThat(book.put("support.drl.xlsx", content).problems()).isEmpty();
        assertThat(folder.resolve("support.drl.xlsx")).hasBinaryContent(shipped);
        assertThat(book.text("support.drl.xlsx")).contains(content);
        assertThat(book.serving().rules()).isNotEmpty();
    }

    @Test
    void candidatesReplaceFilesWithoutServing() throws Exception {
        write("a.drl", rule("A", 5, "Request()", "$route.to(\"claude-opus-5-5\", \"a\");"));
        write("b.drl", rule("B", 9, "Request()", "$route.category(\"b\");"));
        RuleSet without = book.candidate(Collections.singletonMap("a.drl", null)).rules();

        assertThat(without.rules()).extracting("name").containsExactly("B");
        assertThat(book.candidate(Map.of("a.drl", "rule broken")).rules()).isNull();
        assertThat(book.candidate(Map.of("a.drl", "rule broken")).problems()).extracting(RuleProblem::file)
                .containsOnly("a.drl");
        assertThat(book.candidate(Map.of()).rules().version()).isEqualTo(book.serving().version());
        assertThat(book.serving().rules()).hasSize(2);
    }

    @Test
    void whatIsShippedServesWithoutAProblemOrAWarning() {
        RuleBook shipped = RuleBook.of(Path.of("rules"), home.resolve("kept"), Some.CATALOGUE, RuleSet.Bounds.DEFAULT);
        shipped.refresh();

        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.warnings()).isEmpty();
        assertThat(shipped.serving().rules()).extracting("file").contains("routing.drl", "departments.drl.csv",
                "support.drl.xlsx", "newsletters.dslr");
        assertThat(List.of(Path.of("rules").toFile().list())).noneMatch(f -> f.endsWith(".error.txt"));
    }
}
