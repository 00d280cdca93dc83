package conduit.ledger;

import conduit.problem.Kind;
import conduit.problem.Problem;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several at once at one run, one id, one lock. */
class ContentionTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 10;

    /** How many of the threads, which all begin at once, succeed. */
    private static int succeed(List<Callable<Boolean>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        CyclicBarrier start = new CyclicBarrier(works.size());
        try {
            List<Future<Boolean>> done = new ArrayList<>();
            for (Callable<Boolean> work : works) {
                done.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            int succeeded = 0;
            for (Future<Boolean> one : done) {
                succeeded += one.get() ? 1 : 0;
            }
            return succeeded;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The answer, the recovery of another node, an operator: a run is ended by one of them. */
    @OnEachDatabase
    void aRunThatManyEndAtOnceIsEndedOnce(Stores on) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Run run = on.accept(routed("con" + round, "con", "1", NOON));
            List<Callable<Boolean>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int kind = i % 4;
                ends.add(() -> switch (kind) {
                    case 0, 1 -> on.settle(Stores.answered(run, 1_000));
                    case 2 -> {
                        on.ledger.flagUnknown(run.request().id(), 1);
                        yield false;
                    }
                    default -> {
                        on.ledger.release(run.request().id(), 1, Problem.of(Kind.INTERNAL, "released"));
                        yield false;
                    }
                });
            }
            assertThat(succeed(ends)).isLessThanOrEqualTo(1);
        }
        Spent day = on.spending.of("con", NOON.toLocalDate()).day();
        assertThat(day.reserved()).isZero();
        assertThat(day.spent()).isEqualByComparingTo(on.sum("select coalesce(sum(cost), 0) from usage_tracking "
                + "where project_id = 'con'"));
        assertThat(on.sum("select count(*) from requests where project_id = 'con' and state in ('completed', 'failed')"))
                .isEqualByComparingTo(BigDecimal.valueOf(ROUNDS));
    }

    /** Two Conduits, each of which lets an id in, as neither knows the other's; also where it had failed before. */
    @OnEachDatabase
    void anIdRunsOnceThoughManyNodesTakeItUp(Stores on) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = "one" + round;
            if (round % 2 == 0) {
                on.ledger.refuse(routed(id, "one", "1", NOON).request(), Problem.of(Kind.DAILY_LIMIT, "full"));
            }
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Stores node = on.node("one" + i);
                asks.add(() -> {
                    try {
                        return node.accept(routed(id, "one", "1", NOON)) != null;
                    } catch (DuplicateKeyException e) {
                        return false;
                    }
                });
            }
            assertThat(succeed(asks)).isEqualTo(1);
        }
        assertThat(on.spending.of("one", NOON.toLocalDate()).day().reserved())
                .isEqualByComparingTo(BigDecimal.valueOf(ROUNDS));
    }

    @OnEachDatabase
    void whatCanNotHaveTheLockInTimeLeavesNothing(Stores on) throws Exception {
        on.accept(routed("late-0", "late", "1", NOON));
        Stores impatient = on.impatient("late");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            on.transaction.executeWithoutResult(status -> {
                on.spending.lock("late", NOON.toLocalDate());
                Future<Run> asks = other.submit(() -> impatient.accept(routed("late-1", "late", "1", NOON)));
                assertThatThrownBy(asks::get).hasCauseInstanceOf(DataAccessException.class)
                        .hasMessageContaining("lock");
            });
        } finally {
            other.shutdownNow();
        }

        assertThat(on.requests.find("late-1")).isEmpty();
        assertThat(on.spending.of("late", NOON.toLocalDate()).day().reserved()).isEqualByComparingTo("1");
        assertThat(on.accept(routed("late-1", "late", "1", NOON)).number()).isEqualTo(1);
        impatient.close();
    }
}
