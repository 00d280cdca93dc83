package conduit.claude;

import conduit.claude.CliState.Fault;
import conduit.claude.CliState.Sound;
import conduit.claude.CliState.Unsound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with a CLI must be told before a caller meets it, with the way out, and without hanging on it. */
@Timeout(60)
class CliCheckTest {

    private static final String OLD_AUTH = "case $* in *auth*) echo 'error: unknown command'; exit 1;; esac\n";
    private static final String LOGGED_OUT = "case $* in *auth*) echo '{\"loggedIn\": false, \"authMethod\": \"none\"}'; exit 1;; esac\n";

    @TempDir
    Path folder;
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private boolean bare = true;

    private String script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("claude"), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private CliState look(String command, Duration limit) throws Exception {
        return new CliCheck(new ClaudeCommand(command, bare, environment), Versions.of("2.1.197-2.1"),
                folder.resolve("check"), limit).look();
    }

    private CliState look(String command) throws Exception {
        return look(command, Duration.ofSeconds(20));
    }

    private static void assertUnsound(CliState state, Fault fault, String... words) {
        assertThat(state).isInstanceOfSatisfying(Unsound.class, unsound -> {
            assertThat(unsound.fault()).isEqualTo(fault);
            assertThat(unsound.reason()).contains(words).doesNotContain("/").hasLineCount(1);
        });
    }

    @Test
    void theSimulatorIsSoundWithoutCredentials() throws Exception {
        assertThat(look(Path.of("src/simulator/claude").toAbsolutePath().toString())).isEqualTo(new Sound("2.1.330"));
        assertThat(folder.resolve("check")).as("what a look leaves behind").doesNotExist();
    }

    @Test
    void aCommandThatIsNowhereIsMissing() throws Exception {
        assertUnsound(look(folder.resolve("nowhere").toString()), Fault.MISSING, "conduit.claude.command");
        assertUnsound(look("no-such-command-anywhere"), Fault.MISSING, "install it");
    }

    @Test
    void aFileThatMayNotBeExecutedIsNotTried() throws Exception {
        Path file = Files.writeString(folder.resolve("claude"), "#!/bin/sh\necho '2.1.330 (Claude Code)'");
        assertUnsound(look(file.toString()), Fault.NOT_EXECUTABLE, "make it executable");
        assertUnsound(look(folder.toString()), Fault.NOT_EXECUTABLE, "make it executable");
    }

    @Test
    void aCommandThatHangsIsGivenUpAndNothingOfItLivesOn() throws Exception {
        String command = script("echo $$ >" + folder + "/pid; sleep 300 & echo $! >" + folder + "/child; wait");
        assertUnsound(look(command, Duration.ofSeconds(1)), Fault.NO_ANSWER, "did not end within 1 s");
        eventually(() -> {
            for (String file : new String[] {"pid", "child"}) {
                long pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).as(file).isEmpty();
            }
        });
    }

    @Test
    void aCommandThatPrintsForEverIsGivenUp() throws Exception {
        assertUnsound(look(script("yes 2.1.330")), Fault.NO_ANSWER, "without end");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "`echo 'Illegal instruction in /opt/x' >&2; exit 132`, `status 132 (\"Illegal instruction in …\")`",
        "`echo hello`, `status 0 (\"hello\")`", "`exit 0`, `status 0.`",
        "`echo '2.1.330 (Claude Code)'; exit 3`, `status 3`", "`echo 99999999999.1.1 '(Claude Code)'`, `status 0`"})
    void whatIsNoVersionIsTold(String script, String words) throws Exception {
        assertUnsound(look(script(script)), Fault.NO_ANSWER, words);
    }

    @ParameterizedTest
    @CsvSource({"2.2.0", "2.1.196", "1.0.0", "3.1.200"})
    void aVersionThatNobodyTriedIsToldWithTheWayOut(String version) throws Exception {
        assertUnsound(look(script("echo '" + version + " (Claude Code)'")), Fault.UNKNOWN_VERSION, version,
                "2.1.197 to 2.1.x", "conduit.claude.versions");
    }

    @Test
    void withoutAKeyItIsTold() throws Exception {
        String command = script(LOGGED_OUT + "echo 'a warning' >&2; echo '2.1.400 (Claude Code)'");
        assertUnsound(look(command), Fault.NO_CREDENTIALS, "ANTHROPIC_API_KEY");
        bare = false;
        assertUnsound(look(command), Fault.NO_CREDENTIALS, "log it in");
        environment.put("ANTHROPIC_AUTH_TOKEN", "token");
        assertThat(look(command)).as("a call takes it").isEqualTo(new Sound("2.1.400"));
    }

    @Test
    void aCliThatDoesNotKnowTheQuestionIsNotJudgedByIt() throws Exception {
        assertThat(look(script(OLD_AUTH + "echo '2.1.200 (Claude Code)'"))).isEqualTo(new Sound("2.1.200"));
    }

    @Test
    void itGetsTheEnvironmentOfACallAndAHomeOfItsOwn() throws Exception {
        environment.put("ANTHROPIC_API_KEY", "sk-test");
        look(script("env >" + folder + "/env; echo '2.1.330 (Conduit simulator)'"));
        assertThat(Files.readAllLines(folder.resolve("env"))).contains("ANTHROPIC_API_KEY=sk-test", "DISABLE_TELEMETRY=1",
                "HOME=" + folder.resolve("check/home"), "TMPDIR=" + folder.resolve("check/tmp"))
                .noneMatch(line -> line.startsWith("JAVA") || line.startsWith("USER="));
    }

    @Test
    void credentialsThatWereThereAreNotAskedForAgain() throws Exception {
        String command = script("case $* in *auth*) echo >>" + folder + "/asked; echo '{\"loggedIn\": true}';;"
                + " *) echo '2.1.330 (Claude Code)';; esac");
        CliCheck check = new CliCheck(new ClaudeCommand(command, true, environment), Versions.of("2.1.197-2.1"),
                folder.resolve("check"), Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            assertThat(check.look()).isEqualTo(new Sound("2.1.330"));
        }
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    }
}
