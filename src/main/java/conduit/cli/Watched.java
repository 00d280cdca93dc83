package conduit.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for a long answer and shows a person at a terminal how far it is, in one line that is written over.
 *
 * @param thing what is counted, such as "request"
 */
record Watched(Supplier<Backtests.Progress> progress, String thing, World world) {

    private static final int PAUSE_MS = 300;
    private static final String CLEAR = "\r\u001B[K";

    Backtests.Answer await(Supplier<Backtests.Answer> work) {
        CompletableFuture<Backtests.Answer> answer = CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "work");
            thread.setDaemon(true);
            thread.start();
        });
        boolean told = false;
        try {
            while (true) {
                try {
                    return answer.get(PAUSE_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    told |= tell();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unable("It was interrupted.");
        } finally {
            if (told) {
                world.err().print(CLEAR);
            }
        }
    }

    private boolean tell() {
        Backtests.Progress now = world.terminal() ? progress.get() : new Backtests.Progress(0, 0);
        if (now.total() > 0) {
            world.err().print(CLEAR + Count.number(now.done()) + " of " + Count.of(now.total(), thing));
            world.err().flush();
        }
        return now.total() > 0;
    }
}
