package conduit.rules;

import conduit.rules.engine.RuleSet;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class RuleBookTest extends RuleBookRig {

    private static String category(String name) {
        return rule("R", 0, "Request()", "$route.category(\"" + name + "\");");
    }

    private static String category(RuleBook book) {
        return ask(book.serving(), "{'prompt':'x'}").category();
    }

    private Path note(String file) {
        return folder.resolve(file + ".error.txt");
    }

    @Test
    void anEmptyOrMissingFolderServesNoRules() throws Exception {
        assertThat(category(book)).isNull();
        assertThat(book.serving().rules()).isEmpty();
        Files.delete(folder);
        assertThat(newBook().serving().rules()).isEmpty();
    }

    @Test
    void anEditServesAndTellsAnotherVersion() throws Exception {
        write("a.drl", category("one"));
        String version = book.serving().version();
        assertThat(category(book)).isEqualTo("one");

        write("a.drl", category("two"));
        assertThat(category(book)).isEqualTo("two");
        assertThat(book.serving().version()).isNotEqualTo(version);

        write("a.drl", category("one"));
        assertThat(book.serving().version()).isEqualTo(version);
        assertThat(ask(book.serving(), "{'prompt':'x'}").version()).isEqualTo(version);
    }

    @Test
    void anUnchangedFolderIsNotCompiledAgain() throws Exception {
        write("a.drl", category("one"));
        RuleSet serving = book.serving();

        book.refresh();
        assertThat(book.serving()).isSameAs(serving);
    }

    @Test
    void aBrokenFileKeepsServingAsItLastWasGoodAndSaysSoBesideIt() throws Exception {
        write("a.drl", category("one"));
        write("a.drl", category("two").replace("Request()", "Request( tokenCout > 1 )"));

        assertThat(category(book)).isEqualTo("one");
        assertThat(note("a.drl")).content().startsWith("a.drl:4 in rule \"R\": ").contains("Did you mean tokenCount?")
                .contains("the last good version of this file serves");
        assertThat(book.problems()).containsOnlyKeys("a.drl");

        write("a.drl", category("three"));
        assertThat(category(book)).isEqualTo("three");
        assertThat(note("a.drl")).doesNotExist();
        assertThat(book.problems()).isEmpty();
    }

    @Test
    void theOtherFilesChangeWhileOneIsBroken() throws Exception {
        write("a.drl", "rule broken");
        write("b.drl", category("one"));
        assertThat(category(book)).isEqualTo("one");
        write("b.drl", category("two"));

        assertThat(category(book)).isEqualTo("two");
        assertThat(note("a.drl")).content().contains("this file is left out");
        assertThat(note("b.drl")).doesNotExist();
    }

    @Test
    void theLastGoodVersionOutlivesARestart() throws Exception {
        write("a.drl", category("one"));
        write("a.drl", "rule broken");

        assertThat(category(newBook())).isEqualTo("one");
    }

    @Test
    void aFileBrokenWhileConduitWasAwayServesAsItLastWas() throws Exception {
        write("a.drl", category("one"));
        Files.writeString(folder.resolve("a.drl"), "rule broken");

        assertThat(category(newBook())).isEqualTo("one");
        assertThat(note("a.drl")).exists();
    }

    @Test
    void aDeletedFileServesNoMoreAndItsNoteVanishes() throws Exception {
        write("a.drl", category("one"));
        write("a.drl", "rule broken");
        Files.delete(folder.resolve("a.drl"));
        book.refresh();

        assertThat(category(book)).isNull();
        assertThat(note("a.drl")).doesNotExist();
        assertThat(category(newBook())).isNull();
    }

    @Test
    void whatWasDeletedDoesNotComeBackWithABrokenFileOfItsName() throws Exception {
        write("a.drl", category("one"));
        Files.delete(folder.resolve("a.drl"));
        book.refresh();
        write("a.drl", "rule broken");

        assertThat(category(book)).isNull();
    }

    @Test
    void whatIsNoRuleFileIsLeftAlone() throws Exception {
        write("README.md", "# Rules");
        write(".a.drl", category("hidden"));
        write("a.drl.bak", category("backup"));
        write("~$routing.drl.csv", category("Excel's own"));
        Files.createDirectory(folder.resolve("sub.drl"));
        book.refresh();

        assertThat(book.serving().rules()).isEmpty();
        assertThat(book.problems()).isEmpty();
    }

    @Test
    void aFileThatIsNoTextIsToldAndNotSkipped() throws Exception {
        Files.write(folder.resolve("a.drl"), new byte[] {'r', 'u', (byte) 0xff});
        book.refresh();

        assertThat(note("a.drl")).exists();
        assertThat(book.problems()).containsOnlyKeys("a.drl");
    }

    @Test
    void noTextWhatsoeverStopsTheRefresh() throws Exception {
        write("b.drl", category("one"));
        for (String text : new String[] {"rule \"R\" salience true when $route : Route() then $route.deny(\"x\"); end",
                "declare X end", "\0", "rule", "\"", "rule \"R\" when /x then end", "{".repeat(10_000)}) {
            assertThatCode(() -> write("a.drl", text)).as(text).doesNotThrowAnyException();
            assertThat(category(book)).isEqualTo("one");
            assertThat(book.problems()).as(text).containsOnlyKeys("a.drl");
        }
    }

    @Test
    void aCheckStoresNothing() {
        assertThat(book.check("a.drl", category("one")).ok()).isTrue();
        assertThat(book.check("a.drl", "rule").problems()).isNotEmpty();
        assertThat(book.serving().rules()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
