package conduit.learning;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static conduit.learning.Learning.GENERAL;
import static conduit.learning.Learning.said;
import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that share a database, with several threads each, lose no update. */
class NodesTest {

    private static final int THREADS = 4;
    private static final int EACH = Integer.getInteger("learning.judgements", 40);

    /** Judges answers of its own and such as all judge; returns how many were its own. */
    private static int walk(Learning node, List<String> shared, String model, int seed) {
        Random random = new Random(seed);
        int own = 0;
        for (int i = 0; i < EACH; i++) {
            boolean mine = random.nextBoolean();
            own += mine ? 1 : 0;
            node.judge(said(mine ? Learning.id() : shared.get(random.nextInt(shared.size())), model,
                    new Context("n" + random.nextInt(3), "short"), random.nextInt(1_000) / 1_000.0));
            if (random.nextInt(10) == 0) {
                node.log.close();
                node.log.beliefs();
            }
        }
        return own;
    }

    @OnEachDatabase
    void noUpdateIsLost(Stores on) throws Exception {
        Learning one = new Learning(on);
        Learning two = new Learning(on);
        String model = Learning.id();
        long before = one.version();
        List<String> shared = new ArrayList<>(List.of(Learning.id(), Learning.id(), Learning.id()));
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        try {
            List<Future<Integer>> walks = new ArrayList<>();
            for (int i = 0; i < 2 * THREADS; i++) {
                int seed = i;
                walks.add(threads.submit(() -> walk(seed % 2 == 0 ? one : two, shared, model, seed)));
            }
            int own = 0;
            for (Future<Integer> walk : walks) {
                own += walk.get();
            }
            long lines = on.jdbc.sql("select count(*) from belief_log where version > ?").param(before).query(Long.class)
                    .single();
            assertThat(one.version()).isEqualTo(before + lines);
            assertThat(on.jdbc.sql("select count(*) from belief_log where version > ? and kind = 'judged'").param(before)
                    .query(Long.class).single()).isEqualTo(own + shared.size());
            Beliefs folded = one.log.at(one.version());
            assertThat(folded.overall(model).observations()).isEqualTo(own + shared.size());
            assertThat(one.restarted()).isEqualTo(folded);
            eventually(() -> assertThat(one.log.beliefs()).as("half a second later at the latest").isEqualTo(folded));
            assertThat(new Learning(on).log.beliefs()).isEqualTo(two.restarted());
            assertThat(on.jdbc.sql("select count(*) from observations o where o.model = ? and o.reward <> (select l.reward "
                            + "from belief_log l where l.request_id = o.request_id order by l.version desc limit 1)")
                    .param(model).query(Long.class).single()).as("answers whose last word is not in the log").isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Both find no judgement of it; the second one waits, and then replaces what the first one said. */
    @OnEachDatabase
    void theSameAnswerJudgedByTwoAtOnceIsJudgedOnce(Stores on) {
        Learning one = new Learning(on);
        Learning two = new Learning(on);
        String id = Learning.id();
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Void> second = on.transaction.execute(status -> {
            one.log.judge(said(id, "m", GENERAL, 0.25));
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> on.transaction.executeWithoutResult(s -> {
                began.countDown();
                two.log.judge(said(id, "m", GENERAL, 1));
            }));
            await(began);
            return other;
        });
        second.join();
        assertThat(one.kinds(id)).containsExactly("judged", "replaced");
        assertThat(on.jdbc.sql("select reward from observations where request_id = ?").param(id).query(Double.class).single())
                .isEqualTo(1);
        assertThat(two.log.beliefs()).isEqualTo(two.log.at(two.version()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
