package conduit.claude;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is to be done once processes are gone. */
final class Endings {

    private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();

    /** Does this once the process is gone, in another thread. */
    void after(Process process, Runnable then) {
        CompletableFuture<Void> end = process.onExit().thenRun(then);
        open.add(end);
        end.whenComplete((ended, failure) -> open.remove(end));
    }

    /** Waits until all of it is done, so long at most; whether it is. */
    boolean await(Duration limit) {
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
