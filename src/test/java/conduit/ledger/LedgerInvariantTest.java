package conduit.ledger;

import conduit.problem.Kind;
import conduit.problem.Problem;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens in whatever order, spending is the sum of usage, and what is reserved the sum of what is held. */
class LedgerInvariantTest {

    private static final int STEPS = 2_000;

    /** What a run should have done to the sums. */
    private record Held(Run run, BigDecimal amount) {
    }

    @OnEachDatabase
    void aRandomWalkKeepsTheBooks(Stores on) {
        Random random = new Random(20261121);
        Map<String, Held> held = new HashMap<>();
        Map<String, BigDecimal> spent = new HashMap<>();
        List<Run> ended = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            String project = "walk" + random.nextInt(3);
            ZonedDateTime at = NOON.plusDays(random.nextInt(15)).plusMinutes(random.nextInt(600));
            Held one = held.isEmpty() ? null : held.values().stream().skip(random.nextInt(held.size())).findFirst()
                    .orElseThrow();
            int act = one == null ? 0 : random.nextInt(8);
            if (act <= 2) {
                String worst = BigDecimal.valueOf(random.nextInt(1_000_000), 6).toPlainString();
                Run run = on.accept(routed("w" + step, project, worst, at));
                held.put("w" + step, new Held(run, new BigDecimal(worst)));
            } else if (act <= 4) {
                Completion done = act == 3 ? Stores.answered(one.run(), random.nextInt(5_000))
                        : Stores.failed(one.run(), random.nextBoolean());
                assertThat(on.settle(done)).isTrue();
                spent.merge(one.run().request().project() + one.run().day(), done.costUsd(), BigDecimal::add);
                ended.add(held.remove(one.run().request().id()).run());
            } else if (act == 5) {
                on.ledger.release(one.run().request().id(), 1, Problem.of(Kind.INTERNAL, "released"));
                ended.add(held.remove(one.run().request().id()).run());
            } else if (act == 6) {
                on.ledger.flagUnknown(one.run().request().id(), 1);
            } else if (!ended.isEmpty()) {
                assertThat(on.settle(Stores.answered(ended.get(random.nextInt(ended.size())), 9))).isFalse();
            }
        }
        assertThat(ended).hasSizeGreaterThan(500);
        for (int i = 0; i < 3; i++) {
            assertBooks(on, "walk" + i, held, spent);
        }
    }

    private static void assertBooks(Stores on, String project, Map<String, Held> held, Map<String, BigDecimal> spent) {
        for (int day = 0; day < 16; day++) {
            var date = NOON.plusDays(day).toLocalDate();
            Spent sums = on.spending.of(project, date).day();
            BigDecimal reserved = held.values().stream().filter(h -> h.run().request().project().equals(project)
                    && h.run().day().equals(date)).map(Held::amount).reduce(BigDecimal.ZERO, BigDecimal::add);

            assertThat(sums.spent()).isEqualByComparingTo(spent.getOrDefault(project + date, BigDecimal.ZERO));
            assertThat(sums.spent()).isEqualByComparingTo(on.sum("select coalesce(sum(cost), 0) from usage_tracking "
                    + "where project_id = ? and booked_on = ?", project, date));
            assertThat(sums.reserved()).isEqualByComparingTo(reserved);
            assertThat(sums.reserved()).isEqualByComparingTo(on.sum("select coalesce(sum(amount), 0) from reservations "
                    + "where project_id = ? and booked_on = ? and state in ('held', 'unknown')", project, date));
        }
        assertThat(on.spending.of(project, NOON.toLocalDate()).month().spent()).isEqualByComparingTo(on.sum("select "
                + "coalesce(sum(cost), 0) from usage_tracking where project_id = ? and booked_on between ? and ?", project,
                NOON.withDayOfMonth(1).toLocalDate(), NOON.withDayOfMonth(30).toLocalDate()));
    }

    /** 16 threads ask for 160 runs of 10 cents each; a dollar has room for ten. */
    @OnEachDatabase
    void noCrowdPassesALimit(Stores on) throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                String id = "crowd" + i;
                asks.add(() -> accepted(on, id));
            }
            int accepted = 0;
            for (var done : crowd.invokeAll(asks)) {
                accepted += done.get() ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(10);
        } finally {
            crowd.shutdownNow();
        }
        Spending.Sums sums = on.spending.of("crowd", NOON.toLocalDate());
        assertThat(sums.day().total()).isEqualByComparingTo("1");
        assertThat(sums.month().total()).isEqualByComparingTo("1");
    }

    private static boolean accepted(Stores on, String id) {
        try {
            on.ledger.accept(routed(id, "crowd", "0.1", NOON), (asked, sums) -> {
                if (sums.day().total().add(asked.estimate().worstCaseUsd()).compareTo(BigDecimal.ONE) > 0) {
                    throw Problem.of(Kind.DAILY_LIMIT, "full").asException();
                }
                return asked;
            });
            return true;
        } catch (conduit.problem.ProblemException e) {
            return false;
        }
    }
}
