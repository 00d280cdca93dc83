package conduit.claude;

import conduit.claude.Outcome.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Processes that waited for their call, and then do what the real ones never did. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddProcessTest {

    @TempDir
    Path folder;

    /** As after a power cut, which can take the younger of the two folders: the call may have been paid for. */
    @Test
    void aCallWhoseProcessLeftNoFolderIsLostAndNotFree() throws Exception {
        Calling calls = new Calling(folder, "claude", Calling.PATH, 1);
        Call call = calls.call(Calling.MODEL, "Hello", "", 1, null);
        Path spare = calls.spool.createSpare();
        Spool.lead(call.folder(), spare);
        Traces traces = new Traces(calls.spool, new ReplyReader(1 << 20), Calling.LIMIT);
        assertThat(traces.of(calls.key(), Calling.MODEL)).isInstanceOf(Trace.Lost.class);
        calls.spool.removeSpare(spare, null);
        assertThat(traces.of(calls.key(), Calling.MODEL)).isInstanceOf(Trace.Lost.class);
    }

    /** Its answer is there, and who waits for it would wait until the process reads on: for ever. */
    @Test
    void anAnswerBeforeTheWholePromptWasReadIsTaken() throws Exception {
        Path cli = folder.resolveSibling(folder.getFileName() + "-cli");
        String answer = "echo '{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"%s\","
                + "\"response\":{\"effective\":{\"model\":\"" + Calling.MODEL + "\",\"env\":{\"CLAUDE_CODE_MAX_OUTPUT_TOKENS\":\"4096\"}}}}}'\n";
        Files.writeString(cli, "#!/bin/sh\nread -r a; read -r b\n" + answer.formatted("settings-1") + answer.formatted("question-2")
                + "read -r c\n" + answer.formatted("question-3") + "head -c 9 >/dev/null\necho '{\"type\":\"system\"}'\n"
                + "echo '{\"type\":\"result\",\"is_error\":true,\"result\":\"API Error\",\"api_error_status\":529}'\n"
                + "exec sleep 1000\n");
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        try (Calling odd = new Calling(folder, cli.toString(), Calling.PATH, 1).start().ready(1)) {
            Failed failed = (Failed) odd.ask(odd.call(Calling.MODEL, "x".repeat(1 << 20), "", 4096, null), odd.runner);
            assertThat(odd.runner.warm()).as("it ran on the process that waited").isEqualTo(1);
            assertThat(failed.failure()).isEqualTo(Failure.OVERLOADED);
            eventually(() -> assertThat(odd.left).hasValue(1));
        }
    }
}
