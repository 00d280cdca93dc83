package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a file in a folder is written to, which the system tells (inotify): so who reads what another process writes
 * has it at once, and costs nothing while nothing comes. Where the system tells nothing, it waits for a short time.
 */
final class FolderWatch implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    /** The longest wait where the system tells nothing. */
    private static final long BLIND = 25_000_000;
    private static final Map<WatchKey, Semaphore> WAITING = new ConcurrentHashMap<>();
    private static final WatchService SERVICE = service();

    private final Semaphore told = new Semaphore(0);
    private final WatchKey key;

    FolderWatch(Path folder) {
        key = register(folder);
        if (key != null) {
            WAITING.put(key, told);
        }
    }

    private static WatchService service() {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            Thread thread = new Thread(() -> tell(service), "claude-output");
            thread.setDaemon(true);
            thread.start();
            return service;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("This system does not tell when a file is written to ({}); the CLI's output is looked at often instead, "
                    + "which costs more processor time", e.getMessage());
            return null;
        }
    }

    private static void tell(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                Semaphore waiting = WAITING.get(key);
                if (waiting != null) {
                    wake(waiting);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WatchKey register(Path folder) {
        try {
            return SERVICE == null ? null : folder.register(SERVICE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("This folder is looked at often instead of being watched", e);
            return null;
        }
    }

    private static void wake(Semaphore waiting) {
        waiting.drainPermits();
        waiting.release();
    }

    /** Waits until something was written since the last wait, {@link #wake} is called, or the time is over. */
    void await(long nanos) throws InterruptedException {
        told.tryAcquire(key == null || !key.isValid() ? Math.min(nanos, BLIND) : nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends a wait, or the next one. */
    void wake() {
        wake(told);
    }

    @Override
    public void close() {
        if (key != null) {
            WAITING.remove(key);
            key.cancel();
        }
    }
}
