package conduit.ledger;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTest {

    /** Runs {@code test} while somebody has the turn of the project "p". */
    private static void whileTaken(Turns turns, Runnable test) throws Exception {
        var other = Executors.newSingleThreadExecutor();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try {
            other.submit(() -> turns.take("p", () -> {
                taken.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            }));
            taken.await();
            test.run();
        } finally {
            done.countDown();
            other.shutdown();
        }
    }

    /** Else a line of a hundred waits a hundred times as long for a database that is gone. */
    @Test
    void whoWaitsTooLongGoesOnWithoutATurn() throws Exception {
        Turns turns = new Turns(Duration.ofMillis(20));

        whileTaken(turns, () -> assertThat(turns.take("p", () -> "asked")).isEqualTo("asked"));
        assertThat(turns.take("p", () -> "and again")).isEqualTo("and again");
    }

    @Test
    void aStopIsNotSwallowed() throws Exception {
        Turns turns = new Turns(Duration.ofHours(1));

        whileTaken(turns, () -> {
            Thread.currentThread().interrupt();
            assertThat(turns.take("p", () -> "asked")).isEqualTo("asked");
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void oneAtATimeHasATurn() {
        Turns turns = new Turns(Duration.ofHours(1));
        AtomicInteger inside = new AtomicInteger();

        assertThat(IntStream.range(0, 200).parallel().map(i -> turns.take("p", () -> {
            int together = inside.incrementAndGet();
            Thread.yield();
            inside.decrementAndGet();
            return together;
        }))).containsOnly(1);
    }
}
