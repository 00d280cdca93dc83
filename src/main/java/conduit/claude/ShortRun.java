package conduit.claude;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command that asks no model and answers at once, in a process group of its own that is gone afterwards.
 *
 * @param exit   the exit status, or -1 if it ran out of time or printed more than is kept
 * @param output what it printed, on standard error too, 64 KB at most
 */
record ShortRun(int exit, String output) {

    private static final int MOST = 64 * 1024;
    private static final long GRACE_MS = 2_000;

    /**
     * Runs it.
     *
     * @param folder its working directory
     * @throws IOException if it can't be started
     */
    static ShortRun of(List<String> command, Map<String, String> environment, Path folder, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ProcessGroup.line(command)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process), reader -> {
            Thread thread = new Thread(reader, "claude-check");
            thread.setDaemon(true);
            thread.start();
        });
        try {
            byte[] bytes = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            boolean ended = bytes.length < MOST && process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new ShortRun(ended ? process.exitValue() : -1, new String(bytes, StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            return new ShortRun(-1, "");
        } catch (ExecutionException e) {
            throw new IOException("what it said can't be read", e.getCause());
        } finally {
            end(process);
        }
    }

    private static byte[] read(Process process) {
        try (InputStream in = process.getInputStream()) {
            return in.readNBytes(MOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the group even where its first process has ended: a child of it may hold on. */
    private static void end(Process process) throws InterruptedException {
        if (ProcessGroup.isOwn()) {
            try {
                ProcessGroup.signal(process.pid(), "KILL");
            } catch (IOException e) {
                process.destroyForcibly();
            }
        }
        process.destroyForcibly().waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
    }
}
