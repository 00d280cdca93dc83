package conduit.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a backtest and shows a person at a terminal how far it is, in one line that is written over. */
record Watched(Backtests backtests, World world) {

    private static final int PAUSE_MS = 300;
    private static final String CLEAR = "\r\u001B[K";

    Backtests.Answer run(String json) {
        CompletableFuture<Backtests.Answer> answer = CompletableFuture.supplyAsync(() -> backtests.run(json),
                work -> {
                    Thread thread = new Thread(work, "backtest");
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
            throw new Unable("The backtest was interrupted.");
        } finally {
            if (told) {
                world.err().print(CLEAR);
            }
        }
    }

    private boolean tell() {
        Backtests.Progress progress = world.terminal() ? backtests.progress() : new Backtests.Progress(0, 0);
        if (progress.total() > 0) {
            world.err().print(CLEAR + Count.number(progress.done()) + " of " + Count.of(progress.total(), "request"));
            world.err().flush();
        }
        return progress.total() > 0;
    }
}
