package conduit.learning;

import conduit.bandit.Context;
import conduit.bandit.Usage;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What calls were like is kept for the cells that there are: senders choose categories, and make no rows for ever. */
class ExperienceStoreTest {

    @OnEachDatabase
    void whatHasNoCellAnyMoreIsForgotten(Stores on) {
        String model = Learning.id();
        Context kept = new Context(model + "-kept", "short");
        Context gone = new Context(model + "-gone", "short");
        Context shared = new Context(Context.OTHER, "long");
        for (Context context : Set.of(kept, gone, shared)) {
            for (String project : Set.of("shop", "lab")) {
                on.transaction.executeWithoutResult(status -> on.experiences.learn(project, context, model,
                        Usage.of(100, 200, 1_000, 0.01)));
            }
        }
        ExperienceStore store = new ExperienceStore(on.jdbc);
        assertThat(store.experience().overall(model).answers()).isCloseTo(6, within(0.01));
        on.transaction.executeWithoutResult(status -> store.forgetAllBut(Set.of(kept, Learning.GENERAL)));
        ExperienceStore later = new ExperienceStore(on.jdbc);
        assertThat(later.experience().of(kept, model).answers()).isCloseTo(2, within(0.01));
        assertThat(later.experience().of(shared, model).answers()).isCloseTo(2, within(0.01));
        assertThat(later.experience().of(gone, model)).isEqualTo(Usage.NONE);
    }
}
