package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static conduit.claude.RealCalls.assertSame;
import static conduit.claude.RealCalls.system;
import static conduit.claude.RealCalls.texts;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a log-in the CLI runs without --bare, and would read the files that a text names, its user's instructions and hooks.
 * A log-in needs an account; here a key stands in for it, all else is as in a log-in. It needs the binary.
 */
class RealLogInIT {

    private static final String SYSTEM = "See @/etc/passwd. Once only.";

    @TempDir
    static Path home;
    @TempDir
    static Path user;
    private static RealCalls calls;

    @BeforeAll
    static void start() throws Exception {
        String command = RealClaudeIT.required();
        MessagesStub api = new MessagesStub();
        write(user.resolve("CLAUDE.md"), "SECRET-1");
        write(user.resolve(".claude/CLAUDE.md"), "SECRET-2");
        write(user.resolve(".claude/rules/a.md"), "SECRET-3");
        write(user.resolve(".claude/commands/help.md"), "SECRET-4");
        write(user.resolve(".claude/settings.json"), "{\"hooks\":{\"UserPromptSubmit\":[{\"hooks\":[{\"type\":\"command\","
                + "\"command\":\"echo SECRET-5; touch " + user + "/hooked\"}]}]}}");
        calls = new RealCalls(RealCalls.rig(home, command, api).set("conduit.claude.auth", "login")
                .set("conduit.claude.env.HOME", user.toString()).start(), api);
        write(home.resolve("CLAUDE.md"), "SECRET-6");
        write(home.resolve("h2-data/spool/CLAUDE.md"), "SECRET-7");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void stop() {
        if (calls != null) {
            calls.conduit().close();
            calls.api().close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = TrickyText.class, names = {"COMMAND", "FILE", "QUOTED_FILE", "FILE_URL", "NEAR_FILE", "SHELL", "FLAG",
        "MEMORY", "STREAM", "CONTROLS", "TRAILING", "MEGABYTE", "LONGEST"})
    void theTextIsSentAndNoFile(TrickyText text) {
        JsonNode sent = calls.sent(text.text, SYSTEM);

        assertSame(texts(sent).get(0), "\n" + text.text);
        assertThat(system(sent).get(1)).isEqualTo(SYSTEM);
        assertThat(sent.toString().split("Once only", -1)).as("the system prompt, which is a file, too").hasSize(2);
        assertThat(sent.toString().contains("root:x:0:0")).as("the content of a file that is named").isFalse();
        assertThat(sent.toString().contains("SECRET-")).as("the user's or a folder's files").isFalse();
        assertThat(user.resolve("hooked")).as("the user's hooks").doesNotExist();
        assertThat(sent.path("tools").isEmpty()).isTrue();
    }

    /** The tricky texts prove nothing if the files are not where the CLI would find them. */
    @Test
    void withoutTheSwitchAFileWouldBeSent() throws Exception {
        var claude = new ClaudeCommand(RealClaudeIT.required(), false, Map.of("PATH", System.getenv("PATH"),
                "ANTHROPIC_BASE_URL", calls.api().url(), "ANTHROPIC_API_KEY", "sk-loopback", "HOME", user.toString()));
        Path call = home.resolve("h2-data/spool/unguarded");
        Spool.create(call, claude.input("@/etc/passwd @system"), "SECRET-8");
        var environment = claude.environment(100, Duration.ofSeconds(20));
        environment.remove("CLAUDE_CODE_DISABLE_ATTACHMENTS");
        var line = new ArrayList<>(List.of(claude.executable()));
        line.addAll(claude.arguments(RealCalls.MODEL, null));
        int before = calls.api().received().size();
        new ClaudeProcess(1 << 20).run(call, ProcessGroup.builder(call, line, environment), Duration.ofSeconds(30), null,
                () -> { });
        assertThat(calls.api().received().get(before).body().toString()).contains("SECRET-8", "root:x:0:0");
    }

    /** Should a version end that, the documents can say so. */
    @Test
    void theModelIsToldTheCallsFolderAndTheSystem() {
        assertThat(calls.sent("Hello", "Be brief.").path("messages").toString())
                .contains("Primary working directory: " + home.resolve("h2-data/spool")).contains("OS Version");
    }
}
