package conduit.export;

import conduit.SettableClock;
import conduit.ledger.OneAtATime;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A clock that is set back by hours, over a day's end that was exported: each row still goes out once. */
class ClockJumpTest {

    @OnEachDatabase
    void neitherLosesARowNorExportsOneTwice(Stores on, @TempDir Path folder) throws IOException {
        SettableClock clock = new SettableClock("2026-11-22T01:00:00Z");
        UsageExport export = new UsageExport(on.jdbc, folder, clock, new OneAtATime(OneAtATime.Work.EXPORT, null));
        book(on, "jump-before", 13);
        export.export("daily");

        clock.set("2026-11-21T22:00:00Z");
        book(on, "jump-again", 22);
        export.export("daily");
        assertThat(exported(folder)).as("the day is not over any more").containsExactly("jump-before");

        clock.set("2026-11-22T00:05:00Z");
        export.export("daily");
        export.export("daily");
        assertThat(exported(folder)).containsExactlyInAnyOrder("jump-before", "jump-again");
    }

    private static void book(Stores on, String id, int hour) {
        on.settle(Stores.answered(on.accept(Stores.routed(id, "jump", "1", Stores.NOON.withHour(hour))), 10));
    }

    /** The ids of this test's requests in all files. */
    private static List<String> exported(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).map(line -> line.split(",")[1]).filter(id -> id.startsWith("jump-")).toList();
        }
    }
}
