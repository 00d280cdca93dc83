package conduit.flow;

import conduit.claude.ClaudeCommand;
import conduit.claude.CliCheck;
import conduit.claude.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A CLI that tells its version while a process that waits does not answer. */
@Timeout(60)
class CliWatchTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void twoSilentProcessesInARowAreTheClisFaultAndAllAreReplacedOnceAndItsRecoveryIsTold() throws Exception {
        AtomicInteger recycled = new AtomicInteger();
        Optional<?>[] probe = {Optional.empty()};
        CliCheck check = new CliCheck(new ClaudeCommand(Path.of("src/simulator/claude").toAbsolutePath().toString(), true,
                Map.of("PATH", "/usr/bin:/bin")), Versions.of("2.1.197-2.1"), folder.resolve("check"), Duration.ofSeconds(20));
        CliWatch watch = new CliWatch(check, new CliWatch.Spares(() -> probe[0].map(Object::toString), recycled::incrementAndGet),
                CLOCK);
        watch.look();
        assertThat(watch.fault()).isEmpty();

        probe[0] = Optional.of("a process that waited does not answer");
        assertThat(watch.look()).as("once may be chance").isNull();
        assertThat(watch.fault()).isEmpty();
        assertThat(recycled).hasValue(0);

        assertThat(watch.look()).contains("\"part\":\"claude\"", "\"state\":\"down\"", "a process that waited does not answer");
        assertThat(watch.fault()).contains("a process that waited does not answer");
        assertThat(recycled).hasValue(1);

        assertThat(watch.look()).as("it is told once").isNull();
        assertThat(recycled).hasValue(1);

        probe[0] = Optional.empty();
        assertThat(watch.look()).contains("\"state\":\"up\"");
        assertThat(watch.fault()).isEmpty();
    }
}
