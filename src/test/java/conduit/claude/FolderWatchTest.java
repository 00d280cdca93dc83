package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits far longer than the test may take: it is over in time only if it was told. */
@Timeout(60)
class FolderWatchTest {

    private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

    @TempDir
    Path folder;

    private static void append(Path file, String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void eachWriteEndsAWait() throws Exception {
        Path file = Files.createFile(folder.resolve("stdout"));
        try (FolderWatch watch = new FolderWatch(folder)) {
            for (int i = 0; i < 20; i++) {
                append(file, "line");
                watch.await(FOR_EVER);
            }
        }
    }

    @Test
    void aWriteDuringTheWaitEndsIt() throws Exception {
        Path file = Files.createFile(folder.resolve("stdout"));
        try (FolderWatch watch = new FolderWatch(folder)) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try {
                    watch.await(FOR_EVER);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            append(file, "line");
            waiting.join();
        }
    }

    @Test
    void twoFoldersAreToldApart() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Path file = Files.createFile(two.resolve("stdout"));
        try (FolderWatch first = new FolderWatch(one); FolderWatch second = new FolderWatch(two)) {
            append(file, "line");
            second.await(FOR_EVER);
            first.wake();
            first.await(FOR_EVER);
        }
    }

    /** A folder that is gone can't be watched; its files are looked at all the same. */
    @Test
    void whereNothingIsToldAWaitIsShort() throws Exception {
        try (FolderWatch watch = new FolderWatch(folder.resolve("gone"))) {
            watch.await(FOR_EVER);
        }
    }
}
