package conduit.claude;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ClaudeProcessTest {

    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path folder;
    private Path call;
    private final CountDownLatch gone = new CountDownLatch(2);

    @BeforeEach
    void open() throws Exception {
        call = folder.resolve("call");
        Spool.create(call, "the prompt", "the system");
    }

    private Result sh(String script, Duration limit) throws Exception {
        return run(1_000, List.of("/bin/sh", "-c", script), PATH, limit);
    }

    private Result run(long most, List<String> line, Map<String, String> environment, Duration limit) throws Exception {
        return new ClaudeProcess(most).run(call, ProcessGroup.builder(call, line, environment), limit, null, gone::countDown);
    }

    private String output() throws IOException {
        return Files.readString(Spool.output(call));
    }

    @Test
    void theCallsFolderIsReadableByNobodyElse() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(call))).isEqualTo("rwx------");
        assertThat(Spool.system(call)).hasContent("the system");
        assertThatThrownBy(() -> Spool.create(call, "again", "")).isInstanceOf(IOException.class);
    }

    @Test
    void inputOutputErrorsAndExitStatusAreTheProcesss() throws Exception {
        Result result = sh("cat; echo oops >&2; exit 7", Duration.ofSeconds(20));

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.exit()).isEqualTo(7);
        assertThat(output()).isEqualTo("the prompt");
        assertThat(Spool.errors(call)).hasContent("oops");
    }

    @Test
    void theEnvironmentIsWhatWasGivenAndTheCallsOwnFolders() throws Exception {
        run(10_000, List.of("/usr/bin/env"), Map.of("PATH", "/usr/bin:/bin", "A", "b c"),
                Duration.ofSeconds(20));

        assertThat(output().lines()).containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=b c",
                "HOME=" + call.resolve("home"), "TMPDIR=" + call.resolve("tmp"));
    }

    @Test
    void itRunsInTheCallsFolder() throws Exception {
        sh("pwd -P", Duration.ofSeconds(20));

        assertThat(output().strip()).isEqualTo(call.toRealPath().toString());
    }

    @Test
    void timeOutEndsAlsoWhatItStarted() throws Exception {
        long start = System.nanoTime();
        Result result = sh("sh -c 'sleep 50 & echo $! > grandchild; wait' & wait", Duration.ofMillis(700));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertGone();
    }

    @Test
    void whatIgnoresTheFirstSignalIsKilled() throws Exception {
        long start = System.nanoTime();
        Result result = sh("trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > grandchild; while :; do sleep 1; done' & "
                + "while :; do sleep 1; done", Duration.ofMillis(700));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.exit()).isEqualTo(137);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertGone();
    }

    private void assertGone() throws IOException {
        long grandchild = Long.parseLong(Files.readString(call.resolve("grandchild")).strip());
        eventually(() -> assertThat(ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive)).isEmpty());
        eventually(() -> assertThat(new Spool(folder).processOf("call")).isEmpty());
    }

    @Test
    void tooMuchOutputEndsIt() throws Exception {
        assertThat(sh("while :; do echo 0123456789; done", Duration.ofSeconds(30)).ending())
                .isEqualTo(Ending.TOO_MUCH_OUTPUT);
    }

    @Test
    void tooMuchOnStandardErrorEndsIt() throws Exception {
        assertThat(sh("while :; do echo 0123456789 >&2; done", Duration.ofSeconds(30)).ending())
                .isEqualTo(Ending.TOO_MUCH_OUTPUT);
    }

    @Test
    void oneByteTooManyCountsAlsoAfterTheEnd() throws Exception {
        assertThat(sh("printf %1000d 1", Duration.ofSeconds(20)).ending()).isEqualTo(Ending.EXITED);
        assertThat(sh("printf %1001d 1", Duration.ofSeconds(20)).ending()).isEqualTo(Ending.TOO_MUCH_OUTPUT);
    }

    /** Else a place would never be free again, or twice. */
    @Test
    void itIsToldOnceThatTheProcessIsGone() throws Exception {
        sh("echo text; exit 3", Duration.ofSeconds(20));
        eventually(() -> assertThat(gone.getCount()).isEqualTo(1));

        sh("sleep 50", Duration.ofMillis(200));
        eventually(() -> assertThat(gone.getCount()).isZero());
    }

    @Test
    void whatWroteItsAnswerAndStaysHasItsTime() throws Exception {
        Result result = sh("echo '{}'; sleep 50", Duration.ofMillis(700));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.millis()).isGreaterThanOrEqualTo(700);
    }

    @Test
    void aMissingCommandNeverRan() throws Exception {
        try {
            Result result = run(1_000, List.of("no-such-cli"), PATH, Duration.ofSeconds(20));
            assertThat(result.exit()).isEqualTo(127);
            assertThat(((Outcome.Failed) new ReplyReader(1_000).read(call, "m", result)).costKnown()).isTrue();
        } catch (IOException e) {
            assertThat(new Spool(folder).wasStarted("call")).isFalse();
        }
    }

    @Test
    void anInterruptedCallLeavesNothingBehind() throws Exception {
        Thread caller = new Thread(() -> {
            try {
                sh("echo $$ > grandchild; sleep 50", Duration.ofSeconds(50));
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        eventually(() -> assertThat(call.resolve("grandchild")).content().isNotBlank());
        caller.interrupt();
        caller.join(10_000);

        assertGone();
    }

    @Test
    void theSimulatorAnswersThroughIt() throws Exception {
        ClaudeCommand command = new ClaudeCommand(Path.of("src/simulator/claude").toAbsolutePath().toString(), true, PATH);
        Path asked = folder.resolve("asked");
        Spool.create(asked, command.input("[[sim:answer=Hi there]]"), "Be kind");
        List<String> line = new java.util.ArrayList<>(List.of(command.executable()));
        line.addAll(command.arguments("claude-haiku-5-5", Spool.system(asked)));
        Result result = new ClaudeProcess(1 << 20).run(asked, ProcessGroup.builder(asked, line,
                command.environment(50, Duration.ofSeconds(20))), Duration.ofSeconds(20), null, gone::countDown);

        assertThat(new ReplyReader(1 << 20).read(asked, "claude-haiku-5-5", result))
                .isInstanceOfSatisfying(Outcome.Answered.class, a -> assertThat(a.text()).isEqualTo("Hi there"));
    }
}
