package conduit.claude;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What is left of processes that waited, once Conduit has stopped. */
@Timeout(60)
class WarmPoolCloseTest {

    private static final String SIMULATOR = Path.of("src/simulator/claude").toAbsolutePath().toString();
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path folder;
    private Calling calls;

    @BeforeEach
    void open() {
        calls = new Calling(folder, SIMULATOR, PATH, 2);
    }

    private List<String> folders() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString().replaceAll("-.*", "")).sorted().toList();
        }
    }

    /** Else each stop would leave a folder a process. Of a run that is not booked, both stay. */
    @Test
    void onceClosedNoFolderIsLeftButThoseOfOpenRuns() throws Exception {
        calls.start().warm(Calling.MODEL, "Hello", "", 4096, null);
        calls.ready(1);
        calls.close();
        assertThat(folders()).containsExactlyInAnyOrder(calls.key(), ".spare");
        calls.spool.remove(calls.key());
        assertThat(folders()).isEmpty();
    }

    /** It would be nobody's: the pool does not have it yet. */
    @Test
    void oneThatIsBeingStartedGoesWithThePool() throws Exception {
        Path cli = folder.resolveSibling(folder.getFileName() + "-cli");
        Files.writeString(cli, "#!/bin/sh\ntouch '" + folder + "-up'\nwhile read -r l; do :; done\n");
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        Calling mute = new Calling(folder, cli.toString(), PATH, 1).start();
        eventually(() -> assertThat(folder.resolveSibling(folder.getFileName() + "-up")).exists());
        mute.close();
        assertThat(folders()).isEmpty();
    }
}
