package conduit.files;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Which files are taken up: few of each project, the oldest first, none twice, none forgotten. */
class InboxTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;
    private Inbox inbox;

    @BeforeEach
    void create() {
        inbox = inbox(4, 6);
    }

    private Inbox inbox(int each, int all) {
        return new Inbox(folder, new WholeFiles(folder, Clock.fixed(NOW, java.time.ZoneOffset.UTC)),
                new Inbox.Bounds(each, all));
    }

    private void drop(String name, int age) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Hello");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(age)));
    }

    private void flood(String project, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            drop(project + (project.isEmpty() ? "" : "/") + "f" + i, 1_000 + i);
        }
    }

    private List<String> choose() {
        return inbox.choose().stream().map(path -> folder.relativize(path).toString()).toList();
    }

    /** Takes what is chosen, until this many are; listings of a folder rest for a moment. */
    private List<String> take(int files) {
        Set<Path> taken = new LinkedHashSet<>();
        eventually(() -> {
            for (Path path : inbox.choose()) {
                inbox.take(path);
                assertThat(taken.add(path)).as(path + " is taken once").isTrue();
            }
            assertThat(taken).hasSize(files);
        });
        return taken.stream().map(path -> folder.relativize(path).toString()).toList();
    }

    @Test
    void ofEachProjectTheOldestUpToItsNumber() throws Exception {
        flood("a", 10);
        drop("b/one", 5);
        assertThat(choose()).containsExactlyInAnyOrder("a/f9", "a/f8", "a/f7", "a/f6", "b/one");
    }

    @Test
    void moreComeOnceHalfAreDoneAndWhatIsInHandIsNotTakenAgain() throws Exception {
        flood("a", 10);
        List<String> first = take(4);
        assertThat(choose()).isEmpty();
        inbox.release(folder.resolve(first.get(0)));
        Files.delete(folder.resolve(first.get(0)));
        assertThat(choose()).as("three are in hand").isEmpty();
        inbox.release(folder.resolve(first.get(1)));
        Files.delete(folder.resolve(first.get(1)));
        assertThat(take(2)).containsExactlyInAnyOrder("a/f5", "a/f4");
    }

    @Test
    void whatIsReleasedAndStillThereIsTakenAgain() throws Exception {
        drop("a/one", 5);
        take(1);
        inbox.release(folder.resolve("a/one"));
        inbox.release(folder.resolve("a/one"));
        assertThat(take(1)).containsExactly("a/one");
    }

    @Test
    void filesInTheInboxItselfAreOfTheDefaultProjectLikeThoseOfItsFolder() throws Exception {
        flood("", 10);
        flood("default", 10);
        drop("default/deep/er", 2_000);
        List<String> chosen = choose();
        assertThat(chosen).hasSize(4).contains("f9", "default/deep/er");
    }

    @Test
    void beyondTheTotalOnlyProjectsGetInThatHaveNothingInHandAndOneFileEach() throws Exception {
        for (String project : List.of("a", "b", "c")) {
            flood(project, 10);
        }
        assertThat(take(6)).satisfies(files -> assertThat(files.stream().map(file -> file.substring(0, 1)).toList())
                .containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c"));
        for (int i = 0; i < 20; i++) {
            flood("late" + i, 3);
        }
        List<String> late = take(6);
        assertThat(late).hasSize(6).allSatisfy(file -> assertThat(file).startsWith("late").endsWith("/f2"));
        assertThat(choose()).as("twice the total is the end").isEmpty();
        inbox.release(folder.resolve(late.get(0)));
        Files.delete(folder.resolve(late.get(0)));
        assertThat(take(1)).as("whose last turn is longest ago").noneMatch(file -> file.startsWith(late.get(0).split("/")[0] + "/"));
    }

    @Test
    void draftsHiddenFilesAndEmptyFoldersAreLeftAndWhatIsNotWholeHoldsNobodyUp() throws Exception {
        for (String name : List.of("a/.hidden", "a/x.tmp", "a/y.part", "a/z~", ".dot/file", "a/lock.camelLock")) {
            drop(name, 100);
        }
        Files.createDirectories(folder.resolve("empty"));
        drop("a/written-now", 0);
        drop("a/whole", 0);
        Files.setLastModifiedTime(folder.resolve("a/whole"), FileTime.from(NOW.minusMillis(500)));
        Files.setLastModifiedTime(folder.resolve("a/written-now"), FileTime.from(NOW.minusMillis(399)));
        assertThat(choose()).containsExactly("a/whole");
    }

    @Test
    void aFolderOfManyFilesIsServedInTheOrderOfTheirAgeToTheLastOne() throws Exception {
        inbox = inbox(100, 100);
        flood("a", 2_500);
        List<String> served = new ArrayList<>();
        while (served.size() < 2_500) {
            for (String file : take(100)) {
                served.add(file);
                Files.delete(folder.resolve(file));
                inbox.release(folder.resolve(file));
            }
        }
        List<String> byAge = new ArrayList<>();
        for (int i = 2_500; i-- > 0;) {
            byAge.add("a/f" + i);
        }
        assertThat(served).isEqualTo(byAge);
    }

    /** Two links to their own folder are 2^40 paths: whoever may write there would stop the whole inbox. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linksThatLeadBackAreNotFollowed() throws Exception {
        drop("a/one", 5);
        for (String link : List.of("x", "y", "z")) {
            Files.createSymbolicLink(folder.resolve("a").resolve(link), Path.of("."));
        }
        assertThat(choose()).containsExactly("a/one");
    }

    /** They can't be read, so they stay; taken up again and again as the oldest they would keep everybody out. */
    @Test
    void pipesAndLinksToNothingHoldNobodyUp() throws Exception {
        drop("a/one", 5);
        for (int i = 0; i < 4; i++) {
            Files.createSymbolicLink(folder.resolve("a/gone" + i), Path.of("/nowhere"));
            assertThat(new ProcessBuilder("mkfifo", folder.resolve("a/pipe" + i).toString()).start().waitFor()).isZero();
            assertThat(folder.resolve("a/pipe" + i).toFile().setLastModified(NOW.minusSeconds(100).toEpochMilli())).isTrue();
        }
        assertThat(choose()).containsExactly("a/one");
    }
}
