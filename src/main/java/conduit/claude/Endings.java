package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is to be done once processes are gone. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
    private static final long LONGEST_MS = 2_000;

    private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();

    /** Does this once the process is gone, in another thread. */
    void after(Process process, Runnable then) {
        CompletableFuture<Void> end = process.onExit().thenRun(then);
        open.add(end);
        end.whenComplete((ended, failure) -> open.remove(end));
    }

    /**
     * Interrupts who starts processes, and waits until all is done, 2 s at most for each of both: what takes longer is for the
     * next start to remove.
     *
     * @param starter null for nobody
     */
    void await(Thread starter) {
        try {
            if (starter != null) {
                starter.interrupt();
                starter.join(LONGEST_MS);
            }
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(LONGEST_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("A process of the CLI takes its time to end", e);
        }
    }
}
