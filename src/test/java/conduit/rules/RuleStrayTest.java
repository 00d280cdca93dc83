package conduit.rules;

import conduit.rules.text.RuleProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;

/** Whoever saves a file in this folder learns what became of it, also where its name or its encoding is not right. */
class RuleStrayTest extends RuleBookRig {

    private static final String WORDS = "[when]Für alle=Request()\n[then]Nein=$route.deny(\"nein\");\n";
    private static final String SENTENCES = "rule \"R\"\nwhen Für alle\nthen Nein\nend\n";

    private String note(String file) throws Exception {
        Path note = folder.resolve(file + ".error.txt");
        return Files.exists(note) ? Files.readString(note) : "none";
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine.drl.txt", "mine.xlsx", "mine.csv", "mine.DRL", "mine.drl.xls", "mine.drl.xlsm",
            "mine.dslr.txt", "mine.Cases.csv"})
    void aNameThatNothingReadsIsTold(String file) throws Exception {
        write(file, rule("R", 1, "Request()", "$route.deny(\"x\");"));

        assertThat(note(file)).startsWith(file + ": Nothing in this file is used: its name is not that of a rule file. "
                + "Let the name end in .drl, ").contains("this file is left out");
        assertThat(book.problems()).containsOnlyKeys(file);
        assertThat(book.isIncomplete()).as("no rule is missing").isFalse();
        Files.delete(folder.resolve(file));
        book.refresh();
        assertThat(note(file)).isEqualTo("none");
    }

    @Test
    void examplesWithoutTheirRuleFileAreTold() throws Exception {
        write("nope.cases.csv", "user,model\nann,-\n");

        assertThat(note("nope.cases.csv")).startsWith("nope.cases.csv: There is no rule file nope.drl ");
        assertThat(book.check("nope.cases.csv", "usr,model\nann,-\n").problems()).extracting(RuleProblem::file)
                .containsOnly("nope.cases.csv");
        write("nope.drl", rule("R", 1, "Request( user == \"bob\" )", "$route.deny(\"x\");"));
        assertThat(note("nope.cases.csv")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"a.drl, windows-1252", "a.drl, UTF-16", "a.dslr, windows-1252", "a.drl.csv, windows-1252",
            "a.drl.csv, UTF-16LE"})
    void anEncodingThatIsNotUtf8IsToldAndTheLastGoodVersionServes(String file, String charset) throws Exception {
        write("words.dsl", WORDS);
        write(file, file.endsWith(".dslr") ? SENTENCES : file.endsWith(".drl") ? rule("Für alle", 1, "Request()",
                "$route.deny(\"nein\");") : "RuleTable T,\nCONDITION,ACTION\nRequest,\nhour >=,$route.deny(\"$param\");\n"
                + "H,R\n0,nein für alle\n");
        assertThat(ask(book.serving(), "{'prompt':'x'}").denied()).isTrue();
        String good = Files.readString(folder.resolve(file));

        Files.write(folder.resolve(file), (good + " ü").getBytes(Charset.forName(charset)));
        book.refresh();
        assertThat(note(file)).startsWith(file + ": The file is not saved as UTF-8. ").contains("UTF-8")
                .contains("the last good version of this file serves");
        assertThat(ask(book.serving(), "{'prompt':'x'}").denied()).as("its deny holds").isTrue();
    }

    @Test
    void aDictionarysFaultIsToldBesideTheDictionary() throws Exception {
        write("words.dsl", WORDS);
        write("a.dslr", SENTENCES);
        Files.write(folder.resolve("words.dsl"), WORDS.getBytes(StandardCharsets.ISO_8859_1));
        book.refresh();
        assertThat(note("words.dsl")).startsWith("words.dsl: The file is not saved as UTF-8.")
                .contains("the files with its sentences serve as they last were");

        write("words.dsl", WORDS + "[when]Nobody {=Request()\n");
        assertThat(note("words.dsl")).startsWith("words.dsl:3").contains("the files with its sentences serve");
        assertThat(note("a.dslr")).contains("words.dsl:3").contains("the last good version of this file serves");
        assertThat(ask(book.serving(), "{'prompt':'x'}").denied()).isTrue();
        write("words.dsl", WORDS);
        assertThat(note("words.dsl")).isEqualTo("none");
    }

    @Test
    void aDictionaryThatSentencesNeedIsNotDeletedOverTheApi() throws Exception {
        write("words.dsl", WORDS);
        write("a.dslr", SENTENCES);

        assertThat(book.delete("words.dsl").orElseThrow().problems()).extracting(RuleProblem::file).containsOnly("a.dslr");
        assertThat(folder.resolve("words.dsl")).exists();
        assertThat(book.delete("a.dslr").orElseThrow().ok()).isTrue();
        assertThat(book.delete("words.dsl").orElseThrow().ok()).isTrue();
        assertThat(book.delete("words.dsl")).isEmpty();
    }

    @Test
    void anAmongWhoseReasonIsAModelIsAMistake() {
        assertThat(book.check("a.drl", rule("R", 1, "Request()", "$route.among(\"claude-haiku-5-5\", "
                + "\"claude-sonnet-5-5\");")).problems()).extracting(RuleProblem::message)
                .containsExactly("The first text of among is its reason, and here stands a model.");
    }
}
