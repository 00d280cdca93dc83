package conduit.ledger;

import org.junit.jupiter.api.Assumptions;
import org.springframework.transaction.TransactionStatus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every order in which requests are sent, answered, fail, crash, are found at the next start, resolved, sent again, and
 * limits raised and lowered between, against {@link SmallState}. A crash of a node is the crash of each of its runs, one
 * after the other, as each is ended in a transaction of its own. Each order is walked in one transaction with a
 * savepoint a step; orders that lead to the same state go on as one, as the ledger keeps nothing but what is compared.
 * With {@code -Dmodel=all} three requests on each database, else two, and a part of three.
 */
class SmallScopeTest {

    private static final boolean ALL = "all".equals(System.getProperty("model"));
    private static final int WALKS = 25;

    /** Explores all that can happen, and counts the orders. */
    private static final class Explorer {

        private final SmallScope scope;
        private final TransactionStatus transaction;
        private final Map<SmallState, Double> orders = new HashMap<>();
        private final List<SmallState.Event> path = new ArrayList<>();
        private long steps;

        Explorer(SmallScope scope, TransactionStatus transaction) {
            this.scope = scope;
            this.transaction = transaction;
        }

        double explore(SmallState state) {
            double sum = 0;
            List<SmallState.Event> events = state.events();
            for (SmallState.Event event : events) {
                Object savepoint = transaction.createSavepoint();
                SmallState next = state.after(event);
                path.add(event);
                Double known = orders.get(next);
                step(() -> {
                    scope.take(event, next);
                    if (known == null) {
                        scope.repeat(state, event, next);
                    }
                }, path);
                steps++;
                sum += known != null ? known : explore(next);
                path.remove(path.size() - 1);
                transaction.rollbackToSavepoint(savepoint);
                transaction.releaseSavepoint(savepoint);
            }
            double all = events.isEmpty() ? 1 : sum;
            orders.put(state, all);
            return all;
        }
    }

    private static void step(Runnable step, List<SmallState.Event> path) {
        try {
            step.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("After " + path, e);
        }
    }

    private static void exploreAll(Stores on, String project, int requests, int changes) {
        Stores nested = on.nested(project);
        nested.transaction.executeWithoutResult(status -> {
            Explorer explorer = new Explorer(new SmallScope(nested, project), status);
            double orders = explorer.explore(SmallState.of(requests, changes));
            if (ALL) {
                System.out.printf("%d requests: %d states, %d steps, %.0f orders%n", requests, explorer.orders.size(),
                        explorer.steps, orders);
            }
            assertThat(explorer.orders).hasSizeGreaterThan(100);
            status.setRollbackOnly();
        });
    }

    @OnEachDatabase
    void twoRequestsInEveryOrder(Stores on) {
        exploreAll(on, "small-two", 2, 1);
    }

    @OnEachDatabase
    void threeRequestsInEveryOrder(Stores on) {
        Assumptions.assumeTrue(ALL, "-Dmodel=all");
        exploreAll(on, "small-three", 3, 2);
    }

    /** As above, each step committed, each walk with a project of its own. */
    @OnEachDatabase
    void threeRequestsInOrdersByChance(Stores on) {
        Random random = new Random(20261121);
        for (int walk = 0; walk < WALKS; walk++) {
            SmallScope scope = new SmallScope(on.node("small-" + walk), "small-" + walk);
            SmallState now = SmallState.of(3, 2);
            List<SmallState.Event> path = new ArrayList<>();
            for (List<SmallState.Event> events = now.events(); !events.isEmpty(); events = now.events()) {
                SmallState.Event event = events.get(random.nextInt(events.size()));
                SmallState before = now;
                SmallState next = now.after(event);
                path.add(event);
                step(() -> {
                    scope.take(event, next);
                    scope.repeat(before, event, next);
                }, path);
                now = next;
            }
        }
    }
}
