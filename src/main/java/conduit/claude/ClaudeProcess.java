package conduit.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one command in a process group of its own, bounded in time and output, and ends the whole group if it must.
 *
 * @param outputLimit the most bytes of standard output, and of standard error
 */
public record ClaudeProcess(long outputLimit) {

    private static final long LOOK_EVERY_MS = 200;
    private static final Duration GRACE = Duration.ofSeconds(2);
    static final Path SETSID = Path.of("/usr/bin/setsid");

    /** How the process ended. */
    public enum Ending { EXITED, TIMED_OUT, TOO_MUCH_OUTPUT }

    /** @param exit the exit status; 128 + n after signal n */
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
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            line.add(SETSID.toString());
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).directory(call.toFile())
                .redirectInput(Spool.input(call).toFile())
                .redirectOutput(Spool.output(call).toFile())
                .redirectError(Spool.errors(call).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("HOME", call.resolve("home").toString());
        builder.environment().put("TMPDIR", call.resolve("tmp").toString());
        Spool.markStarted(call);
        long start = System.nanoTime();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Files.deleteIfExists(Spool.output(call));
            throw e;
        }
        try {
            Ending ending = await(process, call, start + limit.toNanos());
            return new Result(ending, process.waitFor(), (System.nanoTime() - start) / 1_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException("a process that was started can't be watched", e);
        } finally {
            if (process.isAlive()) {
                end(process);
            }
        }
    }

    private Ending await(Process process, Path call, long deadline) throws IOException, InterruptedException {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            boolean late = System.nanoTime() >= deadline;
            if (late || tooMuch(call)) {
                end(process);
                return late ? Ending.TIMED_OUT : Ending.TOO_MUCH_OUTPUT;
            }
        }
        return tooMuch(call) ? Ending.TOO_MUCH_OUTPUT : Ending.EXITED;
    }

    private boolean tooMuch(Path call) throws IOException {
        return Files.size(Spool.output(call)) > outputLimit || Files.size(Spool.errors(call)) > outputLimit;
    }

    /** TERM, then KILL, to the whole group: a grandchild must not outlive the call. */
    private static void end(Process process) throws InterruptedException {
        signal(process, "TERM");
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        signal(process, "KILL");
        process.destroyForcibly();
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void signal(Process process, String name) throws InterruptedException {
        try {
            signal(process.pid(), name);
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static void signal(long group, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + name, "--", "-" + group)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** Ends a process that an earlier Conduit started, and its group. */
    static void kill(ProcessHandle process) {
        try {
            signal(process.pid(), "KILL");
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
