package conduit.ledger;

import conduit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 64 threads at four projects' limits: none is ever passed, and none blocks what would have fitted, as the same steps
 * one after the other, by the specification, have the same verdicts. {@code -Dcrowd.steps=1000} is the long version.
 */
class CrowdTest {

    private static final int STEPS = Integer.getInteger("crowd.steps", 15);
    private static final long SEED = Long.getLong("crowd.seed", 20261121);

    private static final long PATIENCE_S = 60 + STEPS;

    private static void assertEventful(CrowdReplay.Seen seen, int members) {
        assertThat(seen.accepted()).as("accepted in %s", seen).isGreaterThan(members * STEPS * 5);
        assertThat(seen.blocked()).as("blocked in %s", seen).isGreaterThan(members * STEPS * 2);
        assertThat(seen.degraded()).as("degraded in %s", seen).isGreaterThan(members * STEPS / 2);
        assertThat(seen.ended()).as("ended in %s", seen).isGreaterThan(members * STEPS * 5);
        assertThat(seen.changed()).as("limits changed in %s", seen).isPositive();
    }

    @OnEachDatabase
    void threadsNeverPassALimitAndAreNeverBlockedFalsely(Stores on) throws Exception {
        Crowd.prepare(on, "crowd-");

        assertEventful(CrowdReplay.check(new Crowd(on, "crowd-", "a").run(SEED, STEPS), on), 1);
    }

    @Test
    void neitherDoTwoProcessesOnOneDatabase(@TempDir Path folder) throws Exception {
        Stores on = OnEachDatabase.Databases.shared();
        Crowd.prepare(on, "crowds-");
        Path log = folder.resolve("log");
        Path events = folder.resolve("events");
        Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", "-Xmx256m",
                CrowdMember.class.getName(), OnEachDatabase.Databases.url(), "crowds-", Long.toString(SEED + 1),
                Integer.toString(STEPS), events.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            Eventually.eventually(() -> {
                assertThat(log).content().contains(CrowdMember.READY);
            });
            other.getOutputStream().close();
            List<CrowdEvent> all = new ArrayList<>(new Crowd(on, "crowds-", "a").run(SEED, STEPS));

            assertThat(other.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("the other process ends").isTrue();
            assertThat(other.exitValue()).as(Files.readString(log)).isZero();
            all.addAll(CrowdEvent.read(events));
            assertEventful(CrowdReplay.check(all, on), 2);
        } finally {
            other.destroyForcibly();
        }
    }
}
