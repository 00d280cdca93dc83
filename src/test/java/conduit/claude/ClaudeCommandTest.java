package conduit.claude;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ClaudeCommandTest {

    private static final ClaudeCommand BARE = new ClaudeCommand("claude", true, Map.of("PATH", "/bin", "LANG", "C"));

    @Test
    void noToolNoSessionNoSettingAndNoTextOfASenderIsInTheArguments() {
        assertThat(BARE.arguments("claude-opus-5-5", Path.of("/spool/x/system"))).isEqualTo(List.of("-p",
                "--output-format", "json", "--model", "claude-opus-5-5", "--bare", "--system-prompt-file",
                "/spool/x/system", "--tools", "", "--no-session-persistence", "--disable-slash-commands",
                "--setting-sources", "", "--strict-mcp-config"));
    }

    @Test
    void withoutASystemPromptAnEmptyOneIsSaid() {
        assertThat(BARE.arguments("m", null)).containsSubsequence("--system-prompt", "", "--tools", "");
    }

    @Test
    void aLogInIsNotBareAndReadsNoFilesThatAPromptNames() {
        ClaudeCommand login = new ClaudeCommand("claude", false, Map.of());

        assertThat(login.arguments("m", null)).doesNotContain("--bare");
        assertThat(login.environment(1, Duration.ofSeconds(1))).containsEntry("CLAUDE_CODE_DISABLE_ATTACHMENTS", "1");
    }

    @Test
    void theCliPaysOnceAndTellsNobody() {
        assertThat(BARE.environment(4096, Duration.ofSeconds(120)))
                .containsEntry("PATH", "/bin").containsEntry("LANG", "C")
                .containsEntry("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "4096").containsEntry("API_TIMEOUT_MS", "120000")
                .containsEntry("CLAUDE_CODE_MAX_RETRIES", "0")
                .containsEntry("CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK", "1")
                .containsEntry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1").containsEntry("DISABLE_TELEMETRY", "1")
                .containsEntry("DISABLE_AUTOUPDATER", "1").containsEntry("DISABLE_ERROR_REPORTING", "1")
                .doesNotContainKeys("HOME", "TMPDIR");
    }

    @Test
    void aPromptIsNeverTakenForACommand() {
        assertThat(BARE.input("/help")).isEqualTo("\n/help");
    }
}
