package conduit.claude;

import conduit.claude.Outcome.Answered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What is left of processes that waited, once Conduit has stopped or was killed. */
@Timeout(60)
class WarmPoolCloseTest {

    @TempDir
    Path folder;
    private Calling calls;

    @BeforeEach
    void open() {
        calls = new Calling(folder, Calling.SIMULATOR, Calling.PATH, 2);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    /** Else each stop would leave a folder a process. Of a run that is not booked, both stay. */
    @Test
    void onceClosedNoFolderIsLeftButThoseOfOpenRuns() throws Exception {
        calls.start().warm(Calling.MODEL, "Hello", "", 4096, null);
        calls.ready(1);
        calls.close();
        assertThat(calls.folders()).containsExactlyInAnyOrder(calls.key(), ".spare");
        calls.spool.remove(calls.key());
        assertThat(calls.folders()).isEmpty();
    }

    /** It would be nobody's: the pool does not have it yet. */
    @Test
    void oneThatIsBeingStartedGoesWithThePool() throws Exception {
        Path cli = folder.resolveSibling(folder.getFileName() + "-cli");
        Files.writeString(cli, "#!/bin/sh\ntouch '" + folder + "-up'\nwhile read -r l; do :; done\n");
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        Calling mute = new Calling(folder, cli.toString(), Calling.PATH, 1).start();
        eventually(() -> assertThat(folder.resolveSibling(folder.getFileName() + "-up")).exists());
        mute.close();
        assertThat(calls.folders()).isEmpty();
    }

    /** A Conduit that is killed leaves those that wait, and those that work. */
    @Test
    void anotherConduitEndsWhatWaitsAndLeavesWhatWorks() throws Exception {
        Spare waits = Spare.start(calls.spool, calls.command, new Dialogue.Flags(Calling.MODEL, 1), Calling.LIMIT, 0);
        Spare works = Spare.start(calls.spool, calls.command, new Dialogue.Flags(Calling.MODEL, 1), Calling.LIMIT, 0);
        assertThat(works.agrees(Calling.LIMIT)).isTrue();
        Call call = calls.call(Calling.MODEL, "Hello [[sim:latency=1500]]", "", 1, null);
        Spool.lead(call.folder(), works.folder());
        works.send(call.prompt());
        works.process().getOutputStream().close();

        calls.spool.removeSpares();
        eventually(() -> assertThat(waits.process().isAlive()).isFalse());
        assertThat(waits.folder()).doesNotExist();
        Traces traces = new Traces(calls.spool, new ReplyReader(1 << 20), Calling.LIMIT);
        assertThat(traces.keys()).containsExactly(calls.key());
        assertThat(traces.of(calls.key(), Calling.MODEL)).isInstanceOf(Trace.Running.class);
        eventually(() -> assertThat(traces.of(calls.key(), Calling.MODEL)).isInstanceOfSatisfying(Trace.Ended.class,
                ended -> assertThat(ended.outcome()).isInstanceOf(Answered.class)));
        traces.remove(calls.key());
        assertThat(works.folder()).doesNotExist();
    }
}
