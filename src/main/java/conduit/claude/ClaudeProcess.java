package conduit.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches one process of the CLI, bounded in time and output, and ends its whole group if it must.
 *
 * @param outputLimit the most bytes of standard output, and of standard error
 */
public record ClaudeProcess(long outputLimit) {

    private static final long LOOK_EVERY_MS = 200;
    /** Whoever follows an answer looks every so often: a share of what has passed, within these bounds. */
    private static final long SHORTEST_LOOK = 2_000_000;
    private static final long LONGEST_LOOK = 25_000_000;
    /** The longest while nothing comes and nobody waits for the first piece. */
    private static final long LONGEST_SILENT_LOOK = 100_000_000;
    private static final int SHARE = 25;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How the process ended; REPLIED: it gave its result, and nobody waited for it to be gone. */
    public enum Ending { EXITED, REPLIED, TIMED_OUT, TOO_MUCH_OUTPUT, CANCELLED }

    /** @param exit the exit status; 128 + n after signal n; 0 where the result came first */
    public record Result(Ending ending, int exit, long millis) {
    }

    /**
     * Runs a command in a call's folder, which {@link Spool#create} made: its input, output and errors are files there.
     *
     * @throws IOException          if it can't be started; then nothing ran
     * @throws UncheckedIOException if it was started and can't be watched; then it may have spent
     */
    public Result run(Path call, List<String> command, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(call, command, environment);
        return watched(process, () -> new Result(await(process, call, start + limit.toNanos()), process.waitFor(),
                millis(start)));
    }

    /** The same for a command that writes lines, whose text a listener is given as it comes. */
    public Result run(Path call, List<String> command, Map<String, String> environment, Duration limit, Listener listener)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(call, command, environment);
        return watched(process, () -> {
            try (GrowingLines lines = new GrowingLines(Spool.output(call))) {
                return follow(process, call, lines, new Follower(listener), start, limit);
            }
        });
    }

    private static Process start(Path call, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = ProcessGroup.builder(call, command, environment)
                .redirectInput(Spool.input(call).toFile());
        Spool.markStarted(call);
        try {
            return builder.start();
        } catch (IOException e) {
            Files.deleteIfExists(Spool.output(call));
            throw e;
        }
    }

    /** Something that is done while a process runs. */
    private interface Watching {
        Result watch() throws IOException, InterruptedException;
    }

    private static Result watched(Process process, Watching watching) throws InterruptedException {
        boolean done = false;
        try {
            Result result = watching.watch();
            done = true;
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("a process that was started can't be watched", e);
        } finally {
            if (!done && process.isAlive()) {
                ProcessGroup.end(process);
            }
        }
    }

    /**
     * Follows the answer of a process that had its prompt. Once the result is there the process is let go: it has to end by
     * itself, or is ended, in the next {@link ProcessGroup#GRACE}.
     *
     * @param start when its time began, by the nanoseconds of this Java
     */
    Result finish(Process process, Path call, GrowingLines lines, Follower follower, long start, Duration limit)
            throws InterruptedException {
        return watched(process, () -> follow(process, call, lines, follower, start, limit));
    }

    private Result follow(Process process, Path call, GrowingLines lines, Follower follower, long start, Duration limit)
            throws IOException, InterruptedException {
        long looked = start;
        while (true) {
            boolean alive = process.isAlive();
            List<String> came = lines.next(outputLimit + 1);
            came.forEach(follower::line);
            long now = System.nanoTime();
            boolean second = now - looked >= SECOND_NANOS;
            looked = second ? now : looked;
            Ending ending = lines.bytes() > outputLimit || (second || !alive) && tooMuch(call) ? Ending.TOO_MUCH_OUTPUT
                    : follower.hasResult() ? Ending.REPLIED
                    : !alive ? Ending.EXITED
                    : follower.isGone() ? Ending.CANCELLED
                    : now - start >= limit.toNanos() ? Ending.TIMED_OUT : null;
            if (ending == Ending.REPLIED) {
                letGo(process);
                return new Result(ending, 0, millis(start));
            }
            if (ending != null) {
                if (ending != Ending.EXITED) {
                    ProcessGroup.end(process);
                }
                return new Result(ending, process.waitFor(), millis(start));
            }
            long longest = came.isEmpty() && !follower.isHeard() ? LONGEST_SILENT_LOOK : LONGEST_LOOK;
            LockSupport.parkNanos(Math.max(SHORTEST_LOOK, Math.min(longest, (now - start) / SHARE)));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static void letGo(Process process) {
        // Before its input is closed: that waits for a writer to whom it does not listen.
        if (process.isAlive()) {
            CompletableFuture.delayedExecutor(ProcessGroup.GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> ProcessGroup.kill(process.toHandle()));
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private Ending await(Process process, Path call, long deadline) throws IOException, InterruptedException {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            boolean late = System.nanoTime() >= deadline;
            if (late || tooMuch(call)) {
                ProcessGroup.end(process);
                return late ? Ending.TIMED_OUT : Ending.TOO_MUCH_OUTPUT;
            }
        }
        return tooMuch(call) ? Ending.TOO_MUCH_OUTPUT : Ending.EXITED;
    }

    private boolean tooMuch(Path call) throws IOException {
        return Files.size(Spool.output(call)) > outputLimit || Files.size(Spool.errors(call)) > outputLimit;
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
