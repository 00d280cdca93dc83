package conduit.bandit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A new version of a model must not be believed as surely as one that was judged: of each cell it knows 10 at most. */
class InheritanceTest {

    private static final Context CONTEXT = new Context("general", "short");
    private static final Map<String, Posterior> PRIORS = Map.of("old", new Posterior(1, 1, 0),
            "new", new Posterior(3, 1, 0));

    private static Posterior evidence(Beliefs beliefs, String model) {
        Posterior belief = beliefs.posterior(CONTEXT, model);
        double mean = beliefs.overall(model).mean() * Tuning.DEFAULT.shrinkage();
        return new Posterior(belief.alpha() - mean, belief.beta() - Tuning.DEFAULT.shrinkage() + mean,
                belief.observations());
    }

    /** After some thousand judgements, which older ones hardly count any more, the sums are worth twice as many. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 10, 40, 5_000})
    void anHeirKnowsWhatTenJudgementsWouldTellAtMostAndInTheSameProportion(int judged) {
        Beliefs beliefs = Beliefs.none(Tuning.DEFAULT, PRIORS);
        for (int i = 1; i <= judged; i++) {
            beliefs = beliefs.after(new Entry.Judged(i, CONTEXT, "old", i % 4 == 0 ? 0.1 : 0.8, 1));
        }
        Posterior former = evidence(beliefs, "old");
        for (String heir : new String[] {"new", "newest"}) {
            String followed = heir.equals("new") ? "old" : "new";
            beliefs = beliefs.after(new Entry.NewVersion(beliefs.version() + 1, heir, followed));
            Posterior known = evidence(beliefs, heir);
            assertThat(known.size()).isCloseTo(Math.min(10, former.size()), within(1e-9));
            assertThat(known.mean()).isCloseTo(former.mean(), within(1e-9));
            assertThat(known.observations()).as("nobody judged it").isZero();
        }
        assertThat(evidence(beliefs, "old").size()).as("its own").isCloseTo(former.size(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 5_000})
    void whatItInheritedNeverGrowsAndFadesLikeAnyEvidence(int judged) {
        Beliefs beliefs = Beliefs.none(Tuning.DEFAULT, PRIORS);
        for (int i = 1; i <= judged; i++) {
            beliefs = beliefs.after(new Entry.Judged(i, CONTEXT, "old", 0.8, 1));
        }
        beliefs = beliefs.after(new Entry.NewVersion(judged + 1, "new", "old"));
        for (int i = judged + 2; i < judged + 5_000; i++) {
            beliefs = beliefs.after(new Entry.Judged(i, CONTEXT, "old", 0.8, 1));
            assertThat(evidence(beliefs, "new").size()).isLessThan(10 + 1e-9);
        }
        assertThat(evidence(beliefs, "new").size()).isLessThan(1);
    }
}
