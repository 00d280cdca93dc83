package conduit.claude;

import conduit.problem.Kind;
import conduit.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** One project's flood holds nobody else up, no place is lost, and none is given twice. */
class PlacesTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Guest> entered = new ConcurrentLinkedQueue<>();
    private int arrived;

    /** A call that waits for a place, in a thread of its own. */
    private record Guest(String project, int number, Thread thread) {
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Comes, and is in the line or in a place when this returns. */
    private Guest arrive(Places places, String project) {
        int before = places.running() + places.waiting();
        Guest[] guest = new Guest[1];
        Thread thread = new Thread(() -> {
            try {
                places.enter(project);
                entered.add(guest[0]);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        guest[0] = new Guest(project, arrived++, thread);
        thread.setDaemon(true);
        thread.start();
        await(() -> places.running() + places.waiting() == before + 1);
        return guest[0];
    }

    private List<Guest> inside(int expected) {
        await(() -> entered.size() >= expected);
        assertThat(entered).hasSize(expected);
        return List.copyOf(entered);
    }

    /** Without a pause, as there are thousands of steps. */
    private static void await(BooleanSupplier that) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!that.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came").isLessThan(deadline);
            Thread.yield();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whoHasNothingRunningGetsTheNextPlaceWhateverWaitsBefore(int concurrency) {
        Places places = new Places(concurrency);
        for (int i = 0; i < 100; i++) {
            arrive(places, "flood");
        }
        for (int i = 0; i < 30; i++) {
            arrive(places, "other-" + i % 3);
        }
        Guest late = arrive(places, "late");
        inside(concurrency);
        for (int i = 0; i < 4; i++) {
            places.leave(entered.peek().project());
            entered.remove();
            inside(concurrency);
        }
        assertThat(entered).as("three came before it in lines that had no turn yet, so it is the fourth").contains(late);
    }

    @Test
    void aProjectThatComesAndGoesIsNotAlwaysTheNextOne() {
        Places places = new Places(1);
        arrive(places, "b");
        arrive(places, "flood");
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Guest now = inside(1).get(0);
            turns.add(now.project());
            arrive(places, now.project().equals("b") ? "c" : "b");
            arrive(places, "flood");
            entered.remove(now);
            places.leave(now.project());
        }
        assertThat(turns.stream().filter("flood"::equals).count()).as(turns.toString()).isGreaterThanOrEqualTo(3);
    }

    /** Every step beside what must hold behind it; who waits is interrupted now and then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachPlaceGoesToTheProjectWithTheFewestAndThereToTheFirst(long seed) {
        Random random = new Random(seed);
        int concurrency = 1 + random.nextInt(4);
        Places places = new Places(concurrency);
        List<Guest> waiting = new ArrayList<>();
        List<Guest> running = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            int what = random.nextInt(10);
            if (what < 5) {
                waiting.add(arrive(places, "p" + random.nextInt(5)));
            } else if (what < 9 && !running.isEmpty()) {
                Guest out = running.remove(random.nextInt(running.size()));
                entered.remove(out);
                places.leave(out.project());
            } else if (!waiting.isEmpty()) {
                Guest gone = waiting.remove(random.nextInt(waiting.size()));
                gone.thread().interrupt();
                int left = waiting.size();
                await(() -> places.waiting() == left);
            }
            for (Guest next : inside(Math.min(concurrency, running.size() + waiting.size()))) {
                if (!running.contains(next)) {
                    assertThat(waiting.stream().filter(g -> g.project().equals(next.project())).findFirst()).contains(next);
                    assertThat(waiting).allSatisfy(other -> assertThat(count(running, other))
                            .isGreaterThanOrEqualTo(count(running, next)));
                    waiting.remove(next);
                    running.add(next);
                }
            }
            assertThat(places.running()).isEqualTo(running.size());
            assertThat(places.waiting()).isEqualTo(waiting.size());
        }
    }

    private static long count(List<Guest> guests, Guest like) {
        return guests.stream().filter(guest -> guest.project().equals(like.project())).count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void underInterruptsNoPlaceIsLostAndNoneIsGivenTwice(long seed) throws Exception {
        Places places = new Places(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < 12; t++) {
            Random random = new Random(seed * 100 + t);
            String project = "p" + t % 4;
            Callable<Integer> work = () -> {
                int turns = 0;
                for (int i = 0; i < 400; i++) {
                    try {
                        places.enter(project);
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        turns++;
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        places.leave(project);
                    } catch (InterruptedException e) {
                        // The next round.
                    }
                    if (random.nextInt(4) == 0) {
                        synchronized (workers) {
                            workers.get(random.nextInt(workers.size())).interrupt();
                        }
                    }
                }
                return turns;
            };
            all.add(threads.submit(() -> {
                synchronized (workers) {
                    workers.add(Thread.currentThread());
                }
                return work.call();
            }));
        }
        for (Future<Integer> one : all) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isPositive();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(places.running()).isZero();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void aStopSendsThoseAwayWhoWaitAndLeavesThoseWhoRun() throws Exception {
        Places places = new Places(1);
        places.enter("a");
        List<Future<Kind>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String project = "p" + i % 2;
            waiters.add(threads.submit(() -> catchThrowableOfType(ProblemException.class, () -> places.enter(project))
                    .problem().kind()));
        }
        eventually(() -> assertThat(places.waiting()).isEqualTo(5));
        places.close();
        for (Future<Kind> waiter : waiters) {
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(Kind.STOPPING);
        }
        assertThat(places.running()).isEqualTo(1);
        places.leave("a");
        assertThat(places.running()).isZero();
        assertThatThrownBy(() -> places.enter("a")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> places.leave("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theExpectedWaitGoesByWhatCallsTookAndWhoWaits() throws Exception {
        AtomicLong now = new AtomicLong();
        Places places = new Places(2, now::get);
        assertThat(places.expectedWait("a")).as("before any call").isEqualTo(Duration.ofMillis(2_500));
        for (int i = 0; i < 100; i++) {
            places.enter("a");
            now.addAndGet(Duration.ofSeconds(8).toNanos());
            places.leave("a");
        }
        assertThat(places.expectedWait("a")).isBetween(Duration.ofMillis(3_900), Duration.ofMillis(4_100));
        for (int i = 0; i < 7; i++) {
            arrive(places, i < 5 ? "a" : "b");
        }
        assertThat(places.expectedWait("a").toSeconds()).as("three wait, two projects, two places").isBetween(31L, 32L);
        for (int i = 0; i < 20; i++) {
            arrive(places, "a");
        }
        assertThat(places.expectedWait("a")).isEqualTo(Duration.ofMinutes(1));
    }

    /** A flood that lasts for days, beside which ever other projects come and go, must not fill the heap. */
    @Test
    void projectsThatWentAreForgottenWhileAnotherAlwaysWaits() throws Exception {
        Places places = new Places(1);
        places.enter("flood");
        arrive(places, "flood");
        arrive(places, "flood");
        for (int i = 0; i < 100; i++) {
            arrive(places, "visitor" + i);
            places.leave("flood");
            inside(2 * i + 1);
            arrive(places, "flood");
            places.leave("visitor" + i);
            inside(2 * i + 2);
        }
        assertThat(places.waiting()).isPositive();
        assertThat(places.known()).isLessThanOrEqualTo(2);
    }
}
