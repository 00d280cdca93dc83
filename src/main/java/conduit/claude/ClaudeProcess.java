package conduit.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Watches one process of the CLI, bounded in time and output, and ends its whole group if it must.
 *
 * @param outputLimit the most bytes of standard output, and of standard error
 */
public record ClaudeProcess(long outputLimit) {

    /** How often it is looked whether a process ends that has written something, and how often at most. */
    private static final long SOON_LOOK = 1_000_000;
    private static final int SOON = 40;
    /** How often whoever follows an answer looks while nothing comes: is the time over, is the caller gone? */
    private static final long SILENT_LOOK = 100_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How the process ended; REPLIED: it gave its result, and nobody waited for it to be gone. */
    public enum Ending { EXITED, REPLIED, TIMED_OUT, TOO_MUCH_OUTPUT, CANCELLED }

    /** @param exit the exit status; 128 + n after signal n; 0 where the result came first */
    public record Result(Ending ending, int exit, long millis) {
    }

    /**
     * Runs a command in a call's folder, which {@link Spool#create} made: its input, output and errors are files there.
     *
     * @param command  as {@link ProcessGroup#builder} makes it
     * @param listener who is given the text of a command that writes lines, as it comes; null for a command that does not
     * @param gone     is called once the process is gone, which can be after this returns; not if none was started
     * @throws IOException          if it can't be started; then nothing ran
     * @throws UncheckedIOException if it was started and can't be watched; then it may have spent
     */
    Result run(Path call, ProcessBuilder command, Duration limit, Listener listener, Runnable gone)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(call, command.redirectInput(Spool.input(call).toFile()));
        process.onExit().thenRun(gone);
        return watched(process, () -> {
            if (listener == null) {
                return await(process, call, start, limit);
            }
            try (GrowingLines lines = new GrowingLines(Spool.output(call))) {
                return follow(process, call, lines, new Follower(listener), start, limit);
            }
        });
    }

    private static Process start(Path call, ProcessBuilder command) throws IOException {
        Spool.markStarted(call);
        try {
            return command.start();
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
        } catch (ClosedByInterruptException e) {
            // Its flag would keep the process' end from being waited for.
            Thread.interrupted();
            throw new InterruptedException();
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
        process.onExit().thenRun(lines::wake);
        while (true) {
            boolean alive = process.isAlive();
            lines.next(outputLimit + 1).forEach(follower::line);
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
            lines.await(Math.min(SILENT_LOOK, limit.toNanos() - (now - start)));
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

    private Result await(Process process, Path call, long start, Duration limit) throws IOException, InterruptedException {
        try (FolderWatch folder = new FolderWatch(call)) {
            process.onExit().thenRun(folder::wake);
            long size = 0;
            int soon = 0;
            while (true) {
                long before = size;
                size = Files.size(Spool.output(call));
                soon = size == before ? soon - 1 : SOON;
                OptionalInt exit = !process.isAlive() ? OptionalInt.of(process.exitValue())
                        : soon > 0 ? ExitStatus.of(process.pid()) : OptionalInt.empty();
                long left = limit.toNanos() - (System.nanoTime() - start);
                boolean tooMuch = tooMuch(call);
                if (exit.isPresent()) {
                    return new Result(tooMuch ? Ending.TOO_MUCH_OUTPUT : Ending.EXITED, exit.getAsInt(), millis(start));
                }
                if (tooMuch || left <= 0) {
                    ProcessGroup.end(process);
                    return new Result(tooMuch ? Ending.TOO_MUCH_OUTPUT : Ending.TIMED_OUT, process.waitFor(), millis(start));
                }
                folder.await(Math.min(soon > 0 ? SOON_LOOK : SILENT_LOOK, left));
            }
        }
    }

    private boolean tooMuch(Path call) throws IOException {
        return Files.size(Spool.output(call)) > outputLimit || Files.size(Spool.errors(call)) > outputLimit;
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
