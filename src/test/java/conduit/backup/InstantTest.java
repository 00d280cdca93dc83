package conduit.backup;

import conduit.backup.file.BackupWriter;
import conduit.backup.file.Header;
import conduit.backup.table.Snapshot;
import conduit.backup.table.Tables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static conduit.backup.Home.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** A backup shows one instant, whatever is written while it is made, and a restore fits between what runs. */
class InstantTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenBetweenTheTablesIsNotInIt(boolean h2) throws Exception {
        try (Home from = new Home(h2).filled(); Home to = new Home(true);
                OutputStream out = Files.newOutputStream(to.folder.resolve("b.jsonl.gz"));
                Snapshot snapshot = new Tables(from.database, from.gate, "x", (id, run) -> false).snapshot(null)) {
            var rows = from.rows();
            BackupWriter writer = new BackupWriter(out, new Header(1, NOON.toInstant(), null, snapshot.version()));
            snapshot.write(writer, done -> {
                from.answer("w" + done, done % 2 == 0 ? "shop" : "late", NOON.plusDays(done));
                from.sql("update projects set rollout = ?", (int) (done % 100));
            });
            writer.finish();
            assertThat(from.rows()).isNotEqualTo(rows);
            to.backups.restore("b.jsonl.gz", false);
            assertThat(to.rows()).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestsRunWhileBackupsAreMadeAndRestored(boolean h2) throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(4);
        try (Home other = new Home(true).filled(); Home home = new Home(h2); Home to = new Home(h2)) {
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(40);
            Future<?>[] asking = new Future<?>[4];
            var on = home.gated();
            for (int t = 0; t < asking.length; t++) {
                int thread = t;
                asking[t] = crowd.submit(() -> {
                    for (int i = 0; !enough.get(); i++) {
                        String id = "c" + thread + "-" + i;
                        on.settle(conduit.ledger.Stores.answered(on.accept(conduit.ledger.Stores.routed(id, "shop", "0.1",
                                NOON.plusDays(i % 30))), i));
                        begun.countDown();
                    }
                });
            }
            begun.await();
            String first = home.backups.create(null).name();
            home.restore(other, other.backups.create(null).name());
            String second = home.backups.create("shop").name();
            enough.set(true);
            for (Future<?> one : asking) {
                one.get();
            }
            MergeTest.assertBooks(home);
            to.restore(home, first);
            MergeTest.assertBooks(to);
            to.restore(home, second);
            MergeTest.assertBooks(to);
            assertThat(to.sum("select count(*) from usage_tracking")).isBetween(new java.math.BigDecimal(40),
                    home.sum("select count(*) from usage_tracking"));
        } finally {
            crowd.shutdownNow();
        }
    }
}
