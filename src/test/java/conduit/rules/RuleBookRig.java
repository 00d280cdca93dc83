package conduit.rules;

import conduit.Some;
import conduit.rules.engine.RuleSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** A rule book over a folder of its own. */
abstract class RuleBookRig {

    @TempDir
    Path home;
    Path folder;
    RuleBook book;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectory(home.resolve("rules"));
        book = newBook();
    }

    /** A book as after a restart. */
    RuleBook newBook() {
        RuleBook opened = RuleBook.of(folder, home.resolve("kept"), Some.CATALOGUE, RuleSet.Bounds.DEFAULT);
        opened.refresh();
        return opened;
    }

    void write(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
        book.refresh();
    }
}
