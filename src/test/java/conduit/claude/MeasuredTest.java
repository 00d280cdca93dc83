package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A CLI for which nobody measured it must not be given prompts under settings that it may have ignored. */
class MeasuredTest {

    @TempDir
    Path folder;

    private boolean measured(String command) {
        return new Measured(new ClaudeCommand(command, true, Map.of("PATH", "/usr/bin:/bin")), folder).getAsBoolean();
    }

    @ParameterizedTest
    @CsvSource({"2.1.330 (Claude Code), true", "2.1.400 (Claude Code), true", "2.1.329 (Claude Code), false",
        "2.2.0 (Claude Code), false", "12.1.330 (Claude Code), false", "2.1.330 (Other), false", "'', false", "2.1, false"})
    void onlyTheMeasuredVersionsAre(String said, boolean measured) throws Exception {
        Path cli = folder.resolve("cli");
        Files.writeString(cli, "#!/bin/sh\n[ \"$1\" = --version ] && echo '" + said + "'\n");
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwx------"));
        assertThat(measured(cli.toString())).isEqualTo(measured);
    }

    /** The demo's simulator can't be exchanged for another version, and of a CLI that is not there the check tells. */
    @Test
    void onlyAnotherVersionOfTheCliIsRemarkedOn() {
        assertThat(Measured.remark("2.1.197 (Claude Code)\n").orElseThrow()).contains("2.1.197", "2.1.330",
                "Calls take longer", "conduit.claude.warm=on");
        for (String said : new String[] {"", "2.1.330 (Conduit simulator)\n", "2.1.330 (Claude Code)\n", "bash: no"}) {
            assertThat(Measured.remark(said)).as(said).isEmpty();
        }
    }

    @Test
    void neitherTheSimulatorNorNothingIs() {
        assertThat(measured(Path.of("src/simulator/claude").toAbsolutePath().toString())).isFalse();
        assertThat(measured("no-such-cli")).isFalse();
    }
}
