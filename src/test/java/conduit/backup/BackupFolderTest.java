package conduit.backup;

import conduit.Some;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator is told where backups can't be made, and who may read one. */
class BackupFolderTest {

    private Home home;

    @BeforeEach
    void open() throws Exception {
        home = new Home(true);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** Else a folder that is gone looks like one without backups, and nobody looks. */
    @Test
    void aFileInTheFoldersPlaceIsToldUntilABackupIsMadeAgain() throws Exception {
        assertThat(home.backups.age()).isNaN();
        Files.delete(home.folder);
        assertThat(home.backups.list()).isEmpty();
        Files.writeString(home.folder, "in the way");
        for (Problem told : new Problem[] {Some.problem(home.backups::list), Some.problem(() -> home.backups.create(null)),
                Some.problem(() -> home.backups.restore("x.jsonl.gz", true))}) {
            assertThat(told.kind()).isEqualTo(Kind.STORAGE_UNAVAILABLE);
            assertThat(told.detail()).matches("backups/ can't be (read|written): it is no folder\\..*")
                    .doesNotContain(home.folder.toString());
        }
        assertThat(home.backups.faults()).isEmpty();
        home.backups.scheduled();
        assertThat(home.backups.faults()).singleElement().asString().contains("scheduled backup of 2026-11-21T",
                "can't be written: it is no folder", "backup create");
        assertThat(home.backups.age()).isNaN();
        Files.delete(home.folder);
        home.backups.create("default");
        assertThat(home.backups.faults()).as("after a backup of one project").hasSize(1);
        assertThat(home.backups.age()).as("after a backup of one project").isNaN();
        home.backups.scheduled();
        assertThat(home.backups.faults()).isEmpty();
        assertThat(home.backups.age()).isZero();
    }

    @Test
    void onlyItsOwnerReadsABackup() throws Exception {
        BackupFolder folder = new BackupFolder(home.folder, out -> {
            try (var files = Files.list(home.folder)) {
                assertThat(files.filter(file -> file.toString().endsWith(".tmp")).map(BackupFolderTest::mode))
                        .containsExactly("rw-------");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return out;
        });
        String name = folder.write("backup", Home.NOON.toInstant(), null, out -> out.write(1));
        assertThat(mode(home.folder.resolve(name))).isEqualTo("rw-------");
    }

    private static String mode(java.nio.file.Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"../x.jsonl.gz, names a folder", "x.gz, does not end in .jsonl.gz", ".x.jsonl.gz, single dots"})
    void aWrongNameIsToldWithWhatIsWrong(String name, String wrong) {
        assertThat(Some.problem(() -> home.backups.restore(name, false)).detail()).contains("\"" + name + "\"", wrong);
    }

    @Test
    void aProjectThatIsNotThereIsToldWithThoseThatAre() {
        assertThat(Some.problem(() -> home.backups.create("nobody")).detail())
                .isEqualTo("There is no project \"nobody\". Known projects: default.");
    }
}
