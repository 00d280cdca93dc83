package conduit.learning;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Evidence;
import conduit.bandit.Tuning;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import conduit.model.Catalogue;
import conduit.model.Model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import static conduit.learning.Learning.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A new version of a model knows a little of what was learnt of the former one, and no more. */
class FollowingTest {

    private static Model model(String id, String follows) {
        Model like = Some.CATALOGUE.byDefault();
        return new Model(id, like.prices(), like.maxOutput(), true, 1, 1, follows);
    }

    @OnEachDatabase
    void aModelThatFollowsAnotherInheritsOnce(Stores on) {
        String name = Learning.id();
        Context busy = new Context("busy", "short");
        Context quiet = new Context("quiet", "short");
        // The newest one first: it inherits what the one that it follows has just inherited.
        // The first one has left the catalogue.
        Catalogue catalogue = new Catalogue(List.of(model(name + "-3", name + "-2"), model(name + "-2", name + "-1")), null,
                name + "-2");
        Learning one = new Learning(on, catalogue, Tuning.DEFAULT);
        Learning two = new Learning(on, catalogue, Tuning.DEFAULT);
        one.log.prepare();
        long before = one.version();
        one.log.prepare();
        assertThat(one.version()).as("there is nothing to inherit yet").isEqualTo(before);
        for (int i = 0; i < 40; i++) {
            one.judge(said(Learning.id(), name + "-1", busy, i % 4 == 0 ? 0 : 1));
        }
        one.judge(said(Learning.id(), name + "-1", quiet, 1));
        long judged = one.version();
        CompletableFuture.allOf(CompletableFuture.runAsync(one.log::prepare), CompletableFuture.runAsync(two.log::prepare))
                .join();
        assertThat(one.version()).isEqualTo(judged + 2);
        Beliefs beliefs = one.log.at(judged + 2);
        assertThat(two.log.at(judged + 2)).isEqualTo(beliefs);
        Context held = beliefs.held(busy);
        Evidence former = beliefs.cells().get(held).of(name + "-1");
        for (String heir : List.of(name + "-2", name + "-3")) {
            Evidence evidence = beliefs.cells().get(held).of(heir);
            assertThat(evidence.good() + evidence.bad()).isCloseTo(10, within(1e-9));
            assertThat(evidence.good() / evidence.bad()).isCloseTo(former.good() / former.bad(), within(1e-9));
            assertThat(beliefs.posterior(held, heir).size()).isCloseTo(Tuning.DEFAULT.shrinkage() + 10, within(1e-9));
            assertThat(beliefs.overall(heir).observations()).as("nobody judged it").isZero();
        }
        one.log.prepare();
        new Learning(on, catalogue, Tuning.DEFAULT).log.prepare();
        assertThat(one.version()).as("a later start").isEqualTo(judged + 2);
        one.judge(said(Learning.id(), name + "-2", busy, 1));
        assertThat(one.log.beliefs().overall(name + "-2").observations()).isEqualTo(1);
    }
}
