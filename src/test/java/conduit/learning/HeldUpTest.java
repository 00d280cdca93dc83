package conduit.learning;

import conduit.Some;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.feedback.Lessons;
import conduit.ledger.Accountant;
import conduit.ledger.Completion;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import conduit.routing.Estimator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that hangs in the middle of a judgement holds up what learns, but not all threads that book. */
class HeldUpTest {

    private static Completion refused(Stores on) {
        return new Accountant(Some.CATALOGUE).complete(on.accept(Stores.routed(Learning.id(), "held-up", "0.5", Stores.NOON)),
                new Outcome.Failed(Failure.REFUSED, "said", List.of(), 1, true));
    }

    @OnEachDatabase
    void whoComesThirdDoesNotWait(Stores on) {
        Learning hanging = new Learning(on);
        Lessons lessons = new Lessons(new Learning(on).log, on.experiences, Some.CATALOGUE, new Estimator(100),
                on.transaction);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        long before = hanging.version();
        try {
            Object first = on.transaction.execute(status -> {
                hanging.log.judge(Learning.said(Learning.id(), "m", Learning.GENERAL, 1));
                for (int i = 0; i < 3; i++) {
                    Completion refused = CompletableFuture.supplyAsync(() -> refused(on)).join();
                    all.add(CompletableFuture.runAsync(() -> lessons.learn(refused), threads));
                }
                return CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).handle((done, thrown) -> thrown).join();
            });
            assertThat(first).isInstanceOf(CompletionException.class).asString().contains("waited for the database");
            assertThat(all.stream().map(learnt -> learnt.handle((done, thrown) -> thrown == null).join()))
                    .containsExactlyInAnyOrder(false, true, true);
            assertThat(hanging.version()).isEqualTo(before + 3);
        } finally {
            threads.shutdownNow();
        }
    }
}
