package conduit.files;

import conduit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers of one name that are written at the same moment: none may take another's place. */
class OutboxTest {

    private static final int ROUNDS = 150;
    private static final String[] SUFFIXES = {".txt", ".md", ".json", ".TXT"};

    @TempDir
    Path home;

    /** What one of several threads does with one of several files of one name. */
    private interface Delivery {
        void of(InboxFile file, String content) throws IOException;
    }

    private void together(Delivery delivery) throws Exception {
        Files.createDirectories(home.resolve("inbox"));
        ExecutorService threads = Executors.newFixedThreadPool(SUFFIXES.length);
        CyclicBarrier barrier = new CyclicBarrier(SUFFIXES.length);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<?>> running = new ArrayList<>();
                for (String suffix : SUFFIXES) {
                    Path path = Files.writeString(home.resolve("inbox/q" + round + suffix), "Hello");
                    String content = "round " + round + " " + suffix;
                    running.add(threads.submit(() -> {
                        InboxFile file = InboxFile.of(home.resolve("inbox"), path);
                        barrier.await();
                        delivery.of(file, content);
                        return null;
                    }));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private long count(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).count();
        }
    }

    @Test
    void answersOfOneNameAreAllKept() throws Exception {
        Outbox outbox = new Outbox(home.resolve("outbox"), home.resolve("failed"));
        together((file, text) -> outbox.answer(file, text, "{\"result\":\"" + text + "\"}"));
        assertThat(count("outbox", ".md")).isEqualTo(ROUNDS * SUFFIXES.length);
        assertThat(count("outbox", ".json")).isEqualTo(ROUNDS * SUFFIXES.length);
    }

    @Test
    void failuresOfOneNameAreAllKeptWithTheirOriginals() throws Exception {
        Outbox outbox = new Outbox(home.resolve("outbox"), home.resolve("failed"));
        together((file, text) -> outbox.fail(file, Problem.field("file", text)));
        assertThat(count("failed", ".error.json")).isEqualTo(ROUNDS * SUFFIXES.length);
        assertThat(count("failed", "")).isEqualTo(2L * ROUNDS * SUFFIXES.length);
    }

    @Test
    void whatIsWrittenAgainAfterACrashKeepsItsName() throws Exception {
        Outbox outbox = new Outbox(home.resolve("outbox"), home.resolve("failed"));
        Files.createDirectories(home.resolve("inbox"));
        for (int time = 0; time < 2; time++) {
            Path path = Files.writeString(home.resolve("inbox/again.txt"), "Hello");
            outbox.answer(InboxFile.of(home.resolve("inbox"), path), "text", "{\"id\":1}");
            assertThat(path).doesNotExist();
        }
        assertThat(count("outbox", "")).isEqualTo(2);
    }
}
