package conduit.routing;

import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Experience;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.bandit.Usage;
import conduit.project.Project;
import conduit.project.ProjectParser;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static conduit.Some.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

/** Guards against terms that are looked for at each request or never again, or that one project takes from another. */
class BargainTest {

    private static final Context GENERAL = new Context("general", "short");
    private static final List<String> MODELS = List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5");
    private static final Experience EXPERIENCE = new Experience(Map.of(GENERAL,
            Map.of(MODELS.get(0), Usage.of(100, 100, 900, 0.02))));
    private static final Beliefs NOTHING = Beliefs.none(Tuning.DEFAULT, Map.of());
    /** All models are as good as the baseline, so each price holds and it rises by one step a time. */
    private static final Beliefs ALIKE = alike();
    private static final double LOT = 0.05;

    private final Bargain bargain = new Bargain(CATALOGUE, new Estimator(1_000), new Terms(0.04, 0, 1, LOT, 1.5, null));
    private long seed;

    private static Beliefs alike() {
        Beliefs beliefs = NOTHING;
        for (int i = 0; i < 900; i++) {
            beliefs = beliefs.after(new Entry.Judged(i + 1, GENERAL, MODELS.get(i % 3), 1, 1));
        }
        return beliefs;
    }

    private static Project project(String id, String minQuality) {
        return new ProjectParser(CATALOGUE).parse(id,
                "{\"defaultModel\":\"claude-haiku-5-5\",\"minQuality\":" + minQuality + "}");
    }

    private Terms ask(Project project, Beliefs beliefs) {
        return bargain.of(project, 0.003, beliefs, EXPERIENCE, seed++);
    }

    private void ask(Project project, Beliefs beliefs, int times, double lambda, String leader) {
        for (int i = 1; i <= times; i++) {
            assertThat(ask(project, beliefs)).as("request %d", i).extracting(Terms::lambda, Terms::leader)
                    .containsExactly(lambda, leader);
        }
    }

    @Test
    void withoutAGuaranteeTheOwnersTermsHoldByWhatATypicalRequestCosts() {
        Terms terms = ask(project("free", "null"), ALIKE);
        assertThat(terms).isEqualTo(new Terms(0.04, EXPERIENCE.typicalCost(0.003), 1, LOT, 1.5, null));
        assertThat(terms.typicalCostUsd()).isNotEqualTo(0.003);
        assertThat(bargain.of(project("free", "null"), 0.003, ALIKE, Experience.NONE, 1).typicalCostUsd())
                .isEqualTo(0.003);
    }

    @Test
    void termsHoldForAHundredRequestsAndAreThenLookedForAgain() {
        Project project = project("p", "0.9");
        ask(project, ALIKE, 100, 0.005, null);
        ask(project, ALIKE, 1, 0.01, null);
        ask(project, NOTHING, 99, 0.01, null);
        ask(project, NOTHING, 1, 0, "claude-opus-5-5");
        ask(project, ALIKE, 99, 0, "claude-opus-5-5");
        ask(project, ALIKE, 1, 0.005, null);
    }

    /** No single request may stake more than lambda. */
    @Test
    void theMeasureOfEachRequestIsItsOwnCost() {
        Project project = project("p", "0.9");
        assertThat(bargain.of(project, 0.003, ALIKE, EXPERIENCE, 1).typicalCostUsd()).isEqualTo(0.003);
        assertThat(bargain.of(project, 7, ALIKE, EXPERIENCE, 1).typicalCostUsd()).isEqualTo(7);
    }

    @Test
    void projectsDoNotCountEachOthersRequests() {
        Project one = project("one", "0.9");
        Project two = project("two", "0.9");
        ask(one, ALIKE, 100, 0.005, null);
        ask(two, NOTHING, 60, 0, "claude-opus-5-5");
        ask(one, ALIKE, 100, 0.01, null);
        ask(two, ALIKE, 40, 0, "claude-opus-5-5");
        ask(two, ALIKE, 100, 0.005, null);
        ask(one, ALIKE, 1, 0.02, null);
    }

    @Test
    void anotherMinQualityIsLookedForAtOnceAndHoldsForAHundred() {
        ask(project("p", "0.9"), ALIKE, 50, 0.005, null);
        ask(project("p", "0.8"), NOTHING, 1, 0, "claude-opus-5-5");
        ask(project("p", "0.8"), ALIKE, 99, 0, "claude-opus-5-5");
        ask(project("p", "0.8"), ALIKE, 1, 0.005, null);
    }

    /** What goes astray by lot is at most what the guarantee leaves free; a lot that was lowered once comes back. */
    @Test
    void theOwnersLotIsBoundedByTheGuaranteeOfTheMomentAlone() {
        assertThat(ask(project("p", "1"), ALIKE).uniform()).isZero();
        assertThat(ask(project("p", "0.98"), NOTHING).uniform()).isBetween(0.0199, 0.0201);
        assertThat(ask(project("p", "0.97"), ALIKE).uniform()).isBetween(0.0299, 0.0301);
        assertThat(ask(project("p", "0.9"), ALIKE).uniform()).isEqualTo(LOT);
    }
}
