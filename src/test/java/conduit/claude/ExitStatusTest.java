package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ExitStatusTest {

    @TempDir
    Path folder;

    @Test
    void whoRunsHasNone() {
        assertThat(ExitStatus.of(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void whoNeverWasHasNone() {
        assertThat(ExitStatus.of(Integer.MAX_VALUE)).isEmpty();
    }

    /** What ended stays in the system's table until its parent asks for it, which sleep never does. */
    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "exit 255, 255", "kill -9 $$, 137", "kill -15 $$, 143"})
    void whoEndedHasTheStatusThatItsParentWillHave(String end, int status) throws Exception {
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sh -c 'echo $$ > child; " + end + "' & exec sleep 50")
                .directory(folder.toFile()).start();
        try {
            Path child = folder.resolve("child");
            eventually(() -> assertThat(child).content().isNotBlank());
            long pid = Long.parseLong(Files.readString(child).strip());
            eventually(() -> assertThat(ExitStatus.of(pid)).hasValue(status));
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
