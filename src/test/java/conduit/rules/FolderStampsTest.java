package conduit.rules;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class FolderStampsTest {

    private static final int LOOKS = 10;

    @TempDir
    Path folder;
    private FolderStamps stamps;

    @BeforeEach
    void begin() throws IOException {
        write("one.drl", "first");
        stamps = new FolderStamps(folder);
        settle("one.drl");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** Looks as often as it takes, each time behind a look at which these files could be read. */
    private boolean settle(String... readable) {
        boolean settled = stamps.isSettled();
        for (int i = 0; i < LOOKS && !settled; i++) {
            stamps.wereRead(new RuleFiles(Map.of(readable[0], "text"), Map.of()));
            settled = stamps.isSettled();
        }
        return settled;
    }

    @Test
    void whatDoesNotChangeIsNotReadAgain() {
        assertThat(stamps.isSettled()).isTrue();
        assertThat(stamps.isSettled()).isTrue();
    }

    @Test
    void whatIsNewIsReadMoreThanOnce() {
        FolderStamps other = new FolderStamps(folder);
        assertThat(other.isSettled()).isFalse();
        other.wereRead(new RuleFiles(Map.of("one.drl", "first"), Map.of()));
        assertThat(other.isSettled()).as("two changes in one tick look like one").isFalse();
    }

    @Test
    void aChangeOfTheSameLengthAtTheSameTimeIsSeen() throws IOException {
        FileTime then = Files.getLastModifiedTime(folder.resolve("one.drl"));
        write("one.drl", "other");
        Files.setLastModifiedTime(folder.resolve("one.drl"), then);
        assertThat(stamps.isSettled()).isFalse();
        assertThat(settle("one.drl")).isTrue();
    }

    @Test
    void aFileThatTakesTheOthersPlaceIsSeen() throws IOException {
        write("new.tmp", "first");
        settle("one.drl");
        Files.move(folder.resolve("new.tmp"), folder.resolve("one.drl"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(stamps.isSettled()).isFalse();
    }

    @Test
    void aFileThatGoesIsSeen() throws IOException {
        Files.delete(folder.resolve("one.drl"));
        assertThat(stamps.isSettled()).isFalse();
    }

    /** Else a file that a program had locked for a moment would be left out until its next change. */
    @Test
    void aFileThatCouldNotBeReadIsTriedUntilItCan() throws IOException {
        write("locked.drl", "text");
        assertThat(settle("one.drl")).isFalse();
        stamps.wereRead(new RuleFiles(Map.of("one.drl", "first", "locked.drl", "text"), Map.of()));
        assertThat(stamps.isSettled()).isFalse();
    }

    /** Else rules that could not be put into force once would never be tried again. */
    @Test
    void whatWasLookedAtAndNotReadIsNotSettled() throws IOException {
        write("one.drl", "second");
        for (int i = 0; i < LOOKS; i++) {
            assertThat(stamps.isSettled()).isFalse();
        }
    }
}
