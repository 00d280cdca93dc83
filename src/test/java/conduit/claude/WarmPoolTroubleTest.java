package conduit.claude;

import conduit.claude.Outcome.Answered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A CLI that does not become ready where it waits costs calls little, and is told once it is sure. */
@Timeout(60)
class WarmPoolTroubleTest {

    @TempDir
    Path folder;

    private Path cli(String script) throws Exception {
        Path cli = folder.resolveSibling(folder.getFileName() + "-odd");
        Files.writeString(cli, "#!/bin/sh\ncase \"$*\" in *--input-format*) ;; *) exec " + Calling.SIMULATOR + " \"$@\" ;; esac\n" + script);
        Files.setPosixFilePermissions(cli, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        return cli;
    }

    /** Else a CLI that is well on its own, and hangs where it waits, would cost each call ten seconds. */
    @Test
    void aCallLosesItsPatienceWithOneThatIsNotReadyAndPaysForItWithItsOwnTime() throws Exception {
        Path began = folder.resolveSibling(folder.getFileName() + "-began");
        try (Calling hanging = new Calling(folder, cli("touch " + began + "; exec sleep 60\n").toString(), Calling.PATH, 1).start()) {
            eventually(() -> assertThat(began).exists());
            Call call = hanging.call(Calling.MODEL, "Hello", "", 4096, null);
            // Less than a process has to become ready.
            Call hurried = new Call(call.folder(), call.project(), call.prompt(), "", call.model(), 4096, Duration.ofSeconds(8), null);
            Answered answered = (Answered) hanging.ask(hurried, hanging.runner);
            assertThat(answered.latencyMs()).as("what was waited counts").isGreaterThanOrEqualTo(1_000L);
            assertThat(hanging.runner.cold()).isEqualTo(1);
            assertThat(hanging.pool.probe()).as("it is no fault of the CLI's that a call was in a hurry").isEmpty();
        }
    }

    /** A Conduit that is unhealthy gets no calls: were none tried without, it would stay so for ever. */
    @Test
    void twoInARowAreAFaultAndOneIsTriedAgainWhereNoCallComes() throws Exception {
        AtomicLong now = new AtomicLong();
        Path mended = folder.resolveSibling(folder.getFileName() + "-mended");
        Path tries = folder.resolveSibling(folder.getFileName() + "-tries");
        String script = "echo try >>" + tries + "; test -f " + mended + " && exec " + Calling.SIMULATOR + " \"$@\"; exit 3\n";
        try (Calling broken = new Calling(folder, cli(script).toString(), Calling.PATH, 1, now::get).start()) {
            eventually(() -> assertThat(tries).exists());
            assertThat(broken.pool.probe()).as("one failure").isEmpty();
            now.set(Duration.ofMinutes(11).toNanos());
            eventually(() -> assertThat(broken.pool.probe()).hasValueSatisfying(it -> assertThat(it).contains("do not answer")));
            Files.createFile(mended);
            eventually(() -> assertThat(broken.pool.probe()).isEmpty());
            eventually(() -> assertThat(broken.pool.size()).as("nobody calls").isZero());
        }
    }
}
