package conduit.claude;

import conduit.claude.Outcome.Answered;
import conduit.claude.Outcome.Failed;
import conduit.model.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Calls on processes that waited for them, of the simulator. */
@Timeout(60)
class WarmPoolTest {

    @TempDir
    Path folder;
    private Calling calls;

    @BeforeEach
    void open() {
        calls = new Calling(folder, Calling.SIMULATOR, Calling.PATH, 2);
    }

    @AfterEach
    void noneIsLeft() {
        calls.close();
        eventually(() -> {
            assertThat(processes()).isEmpty();
            assertThat(calls.places.running()).isZero();
        });
    }

    /** All that run below this test's folder. */
    private Stream<Path> processes() {
        return ProcessHandle.allProcesses().map(process -> Path.of("/proc", Long.toString(process.pid()), "cwd"))
                .filter(cwd -> {
                    try {
                        return Files.readSymbolicLink(cwd).startsWith(folder.toRealPath());
                    } catch (java.io.IOException e) {
                        return false;
                    }
                });
    }

    private record Heard(List<String> pieces, int enough) implements Listener {
        @Override
        public void text(String piece) {
            pieces.add(piece);
        }

        @Override
        public boolean isGone() {
            return pieces.size() >= enough;
        }
    }

    /** Else one sender's text, settings or folder would be another's. */
    @Test
    void eachCallHasAProcessOfItsOwnWithItsOwnSettings() throws Exception {
        calls.start();
        Answered one = (Answered) calls.warm("claude-sonnet-5-5", "One \"1\" \\ ü\n[[sim:answer=first]]", "System\nü", 77, null);
        Answered two = (Answered) calls.warm("claude-opus-5-5", "Two", "", 4096, null);
        assertThat(one.text()).isEqualTo("first");
        assertThat(one.billed()).extracting(Billed::model, b -> b.tokens().input()).containsExactly(
                tuple("claude-sonnet-5-5", 10L));
        assertThat(two.text()).contains("claude-opus-5-5").contains("'Two...'");
        assertThat(two.session()).isNotEqualTo(one.session());
    }

    /** A place is free when its process is gone, and its folder when the run is booked. */
    @Test
    void placeAndFolderAreGivenBack() throws Exception {
        calls.start().warm(Calling.MODEL, "Hello", "", 4096, null);
        assertThat(calls.spool.wasStarted(calls.key())).isTrue();
        eventually(() -> assertThat(calls.left).hasValue(1));
        assertThat(calls.spool.keys()).containsExactly(calls.key());
        calls.spool.remove(calls.key());
        calls.close();
        eventually(() -> assertThat(calls.folders()).isEmpty());
    }

    @Test
    void aCallThatFindsNoneStartsItsOwn() throws Exception {
        assertThat(calls.ask(calls.call(Calling.MODEL, "Hello", "", 4096, null), calls.runner)).isInstanceOf(Answered.class);
        assertThat(calls.runner.cold()).isEqualTo(1);
        assertThat(calls.runner.warm()).isZero();
    }

    /** It must never be given a prompt under other settings than the call's, and the call must not suffer. */
    @ParameterizedTest
    @ValueSource(strings = {"exit 3", "while read -r l; do :; done", "echo garbage; cat >/dev/null",
        "while read -r l; do echo '{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\"x\"}}'; done"})
    void whatDoesNotDoAsItIsToldIsReplacedByAProcessOfTheCallsOwn(String later) throws Exception {
        String yes = "echo '{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"%s\",\"response\":"
                + "{\"effective\":{\"model\":\"" + Calling.MODEL + "\",\"env\":{\"CLAUDE_CODE_MAX_OUTPUT_TOKENS\":\"4096\"}}}}}'\n";
        Path cli = cli("read -r a; read -r b\n" + yes.formatted("settings-1") + yes.formatted("question-2") + "read -r c\n"
                + yes.formatted("question-3") + "head -c 9 >/dev/null\necho '{\"type\":\"system\"}'\n"
                + "echo '{\"type\":\"result\",\"is_error\":true,\"result\":\"API Error\",\"api_error_status\":529}'\n"
                + "exec sleep 1000\n");
        try (Calling odd = new Calling(folder, cli.toString(), Calling.PATH, 1).start().ready(1)) {
            Answered answered = (Answered) odd.ask(odd.call("claude-opus-5-5", "Hello", "", 77, null), odd.runner);
            assertThat(answered.text()).contains("claude-opus-5-5");
            assertThat(odd.runner.cold()).isEqualTo(1);
            eventually(() -> assertThat(odd.left).hasValue(1));
        }
    }

    @Test
    void theTextIsHandedOnInPieces() throws Exception {
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), Integer.MAX_VALUE);
        Answered answered = (Answered) calls.start().warm(Calling.MODEL, "Hello", "", 4096, heard);
        assertThat(String.join("", heard.pieces())).isEqualTo(answered.text());
        assertThat(heard.pieces()).hasSizeGreaterThan(3);
    }

    /** What was handed on can't be taken back: a second try must not be glued to it. */
    @Test
    void ofSeveralTriesTheFirstIsHandedOn() throws Exception {
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), Integer.MAX_VALUE);
        Failed failed = (Failed) calls.start().warm(Calling.MODEL, "Hello [[sim:maxtok]]", "", 4096, heard);
        assertThat(failed.failure()).isEqualTo(Failure.OUTPUT_LIMIT);
        assertThat(String.join("", heard.pieces())).isEqualTo("A text that is not to be");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoGoesAwayEndsTheProcessAndPaysForWhatCame(boolean warm) throws Exception {
        String prompt = "Hello [[sim:stall]][[sim:cache-read=7]]";
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), 1);
        Failed failed = (Failed) (warm ? calls.start().warm(Calling.MODEL, prompt, "Sys", 4096, heard)
                : calls.cold(Calling.MODEL, prompt, "Sys", 4096, heard));
        assertThat(failed.failure()).isEqualTo(Failure.CANCELLED);
        assertThat(failed.costKnown()).isTrue();
        assertThat(failed.billed()).containsExactly(Billed.estimate(Calling.MODEL, new Tokens(11, 4, 7, 0, 0)));
        eventually(() -> assertThat(calls.left).hasValue(1));
    }

    @Test
    void whoWentAwayBeforeItBeganPaysNothing() throws Exception {
        Failed failed = (Failed) calls.start().ready(1).ask(calls.call(Calling.MODEL, "Hello", "", 4096,
                new Heard(List.of(), 0)), calls.runner);
        assertThat(failed.failure()).isEqualTo(Failure.CANCELLED);
        assertThat(failed.billed()).isEmpty();
        assertThat(failed.costKnown()).isTrue();
        assertThat(calls.left).hasValue(1);
        assertThat(calls.pool.size()).as("its process waits for another call").isEqualTo(1);
    }

    @Test
    void whatDiesWhileItWaitsIsReplaced() throws Exception {
        calls.start().ready(1);
        processes().forEach(cwd -> ProcessHandle.of(Long.parseLong(cwd.getName(1).toString()))
                .ifPresent(ProcessHandle::destroyForcibly));
        eventually(() -> assertThat(processes()).isEmpty());
        assertThat(calls.ask(calls.call(Calling.MODEL, "Hello", "", 4096, null), calls.runner)).isInstanceOf(Answered.class);
        calls.ready(1);
        assertThat(calls.pool.probe()).isEmpty();
    }

    /** Else a call on one that hangs, and had agreed when it was new, would take its whole time and be paid for in full. */
    @Test
    void oneThatHangsSinceItWasReadyIsReplacedBeforeItHasThePrompt() throws Exception {
        calls.start().ready(1);
        for (Path cwd : processes().toList()) {
            new ProcessBuilder("/bin/kill", "-STOP", cwd.getName(1).toString()).start().waitFor();
        }
        assertThat(calls.ask(calls.call(Calling.MODEL, "Hello", "", 4096, null), calls.runner)).isInstanceOf(Answered.class);
        assertThat(calls.runner.warm()).isZero();
    }

    @Test
    void recycledOnesAreReplaced() throws Exception {
        calls.start().ready(1);
        List<Path> before = processes().toList();
        calls.pool.recycle();
        eventually(() -> assertThat(processes()).hasSize(1).doesNotContainAnyElementsOf(before));
    }

    /** An old one may hold what was changed since, and one that nobody needs takes memory. */
    @Test
    void oldOnesAreReplacedAndAfterTenMinutesWithoutACallNoneWaits() throws Exception {
        AtomicLong now = new AtomicLong();
        try (Calling aged = new Calling(folder, Calling.SIMULATOR, Calling.PATH, 2, now::get).start().ready(1)) {
            List<Path> before = processes().toList();
            now.set(Duration.ofMinutes(5).toNanos() + 1);
            eventually(() -> assertThat(processes()).hasSize(1).doesNotContainAnyElementsOf(before));
            now.set(Duration.ofMinutes(10).toNanos());
            eventually(() -> assertThat(processes()).isEmpty());
            assertThat(aged.pool.size()).isZero();
            aged.ask(aged.call(Calling.MODEL, "Hello", "", 4096, null), aged.runner);
            aged.ready(1);
        }
    }

    private Path cli(String script) throws Exception {
        Path cli = folder.resolveSibling(folder.getFileName() + "-odd");
        Files.writeString(cli, "#!/bin/sh\ncase \"$*\" in *--input-format*) ;; *) exec " + Calling.SIMULATOR + " \"$@\" ;; esac\n" + script);
        Files.setPosixFilePermissions(cli, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        return cli;
    }
}
