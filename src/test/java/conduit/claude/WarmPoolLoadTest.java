package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Many calls that end in many ways: never more processes than places, each place given back, nothing left behind. */
@Timeout(120)
class WarmPoolLoadTest {

    private static final int CALLS = Integer.getInteger("conduit.test.calls", 60);
    private static final int PLACES = 3;
    private static final String[] ENDS = {"", "[[sim:latency=150]]", "[[sim:529]]", "[[sim:crash]]", "", "[[sim:garbage]]", "[[sim:stall]]"};

    @TempDir
    Path folder;

    private static long open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** The processes that this Java started below the test's folder. */
    private long started() {
        return ProcessHandle.current().children().filter(process -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).startsWith(folder.toRealPath());
            } catch (IOException e) {
                return false;
            }
        }).count();
    }

    private static Listener leavingAfterOne() {
        AtomicBoolean gone = new AtomicBoolean();
        return new Listener() {
            @Override
            public void text(String piece) {
                gone.set(true);
            }

            @Override
            public boolean isGone() {
                return gone.get();
            }
        };
    }

    @Test
    void placesProcessesAndFoldersAreKeptInBounds() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        long files = open();
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try (Calling calls = new Calling(folder, Path.of("src/simulator/claude").toAbsolutePath().toString(),
                Map.of("PATH", "/usr/bin:/bin"), PLACES).start().ready(1)) {
            Thread sampler = new Thread(() -> {
                while (!over.get()) {
                    most.accumulateAndGet((int) started(), Math::max);
                }
            });
            sampler.start();
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                String end = ENDS[i % ENDS.length];
                Call call = calls.call(Calling.MODEL, "Hello " + i + " " + end, i % 2 == 0 ? "" : "System", 100 + i % 3,
                        end.contains("stall") ? leavingAfterOne() : null);
                outcomes.add(callers.submit((Callable<Outcome>) () -> calls.ask(call, calls.runner)));
            }
            for (int i = 0; i < CALLS; i++) {
                Outcome outcome = outcomes.get(i).get();
                String end = ENDS[i % ENDS.length];
                Failure failure = end.contains("529") ? Failure.OVERLOADED : end.contains("crash") ? Failure.CRASHED
                        : end.contains("garbage") ? Failure.NONSENSE : end.contains("stall") ? Failure.CANCELLED : null;
                assertThat(outcome instanceof Outcome.Failed failed ? failed.failure() : null).as("call " + i + " " + outcome)
                        .isEqualTo(failure);
            }
            over.set(true);
            sampler.join();
            assertThat(most.get()).as("processes at once").isLessThanOrEqualTo(PLACES);
            eventually(() -> assertThat(calls.left).hasValue(CALLS));
            assertThat(calls.places.running()).isZero();
            assertThat(calls.runner.warm() + calls.runner.cold()).isEqualTo(CALLS);
            calls.spool.keys().forEach(calls.spool::remove);
        } finally {
            callers.shutdownNow();
        }
        eventually(() -> {
            assertThat(started()).isZero();
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).isEmpty();
            }
            assertThat(open()).as("open files").isLessThanOrEqualTo(files + 2);
        });
    }
}
