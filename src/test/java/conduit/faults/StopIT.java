package conduit.faults;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Told to stop, Conduit ends what runs and leaves the rest where it is. */
class StopIT {

    @TempDir
    Path home;
    private ConduitProcess conduit;

    @BeforeEach
    void create() throws Exception {
        conduit = ConduitProcess.in(home).set("conduit.claude.concurrency", "2");
    }

    @AfterEach
    void stop() {
        conduit.close();
    }

    @Test
    void whatRunsIsAnsweredAndTheRestWaitsForTheNextStart() throws Exception {
        conduit.start();
        List<String> keys = IntStream.range(0, 8).mapToObj(i -> "f" + i).toList();
        for (String key : keys) {
            Files.writeString(home.resolve("inbox/" + key + ".txt"), "Hi [[sim:key=" + key + "]][[sim:latency=1500]]");
        }
        eventually(() -> { assertThat(conduit.starts()).hasSizeGreaterThanOrEqualTo(1); });
        var call = conduit.postLater("/v1/complete",
                "{\"id\":\"http\",\"prompt\":\"Hi [[sim:key=http]][[sim:latency=500]]\"}");
        eventually(() -> { assertThat(conduit.starts()).contains("http"); });
        conduit.terminate();
        assertThat(call.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        conduit.awaitEnd();

        List<String> started = conduit.starts();
        assertThat(started).doesNotHaveDuplicates().hasSizeLessThan(9);
        for (String key : keys) {
            assertThat(Files.exists(home.resolve("outbox/" + key + ".json"))).as("answer of " + key)
                    .isEqualTo(started.contains(key));
            assertThat(Files.exists(home.resolve("inbox/" + key + ".txt"))).as(key + " in the inbox")
                    .isEqualTo(!started.contains(key));
        }
        conduit.start();
        for (String key : keys) {
            eventually(() -> { assertThat(home.resolve("outbox/" + key + ".json")).exists(); });
            assertThat(conduit.starts(key)).isEqualTo(1);
        }
        eventually(() -> {
            assertThat(conduit.get("/v1/usage").path("total").path("requests").asInt()).isEqualTo(9);
            assertThat(conduit.get("/v1/usage").path("total").path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
        });
    }

    /** As in a container without any locale: file names are bytes, texts are UTF-8 all the same. */
    @Test
    void withoutALocaleTextsAreWholeAndAStrangeNameStopsNobody() throws Exception {
        conduit.environment("LC_ALL", "POSIX").start();
        int exit = new ProcessBuilder("/bin/sh", "-c",
                "printf Hello > \"inbox/$(printf 'gr\\303\\274n').txt\"; printf Hello > \"inbox/$(printf 'bad\\377').txt\"")
                .directory(home.toFile()).start().waitFor();
        assertThat(exit).isZero();
        Files.writeString(home.resolve("inbox/plain.txt"), "\u4f60\u597d [[sim:answer=whole]]");
        eventually(() -> { assertThat(home.resolve("outbox/plain.md")).hasContent("whole"); });
        assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Gr\u00fc\u00dfe\",\"user\":\"Zo\u00eb\"}").statusCode()).isEqualTo(200);
        String[] left = home.resolve("inbox").toFile().list();
        assertThat(left).as("names that this locale can't write wait, and the log says so").hasSize(2);
    }
}
