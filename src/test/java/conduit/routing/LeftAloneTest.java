package conduit.routing;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.rules.RuleBook;
import conduit.rules.engine.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;

import static conduit.Some.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

/** A model that failed often of late is no choice of the bandit's, however good its answers were. */
class LeftAloneTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final String OPUS = "claude-opus-5-5";

    @TempDir
    Path home;

    private Decision decide(Set<String> alone) {
        Knowledge knowledge = new Knowledge() {
            @Override
            public Beliefs beliefs() {
                return Beliefs.none(Tuning.DEFAULT, Map.of(HAIKU, new Posterior(100, 100, 5), SONNET,
                        new Posterior(100, 100, 5), OPUS, new Posterior(900, 100, 5)));
            }

            @Override
            public Experience experience() {
                return Experience.NONE;
            }

            @Override
            public Spend spend(String project, ZonedDateTime at) {
                return new Spend(BigDecimal.ZERO, BigDecimal.ZERO);
            }

            @Override
            public Set<String> leftAlone() {
                return alone;
            }
        };
        RuleBook none = RuleBook.of(home.resolve("rules"), home.resolve("kept"), CATALOGUE, RuleSet.Bounds.DEFAULT);
        none.refresh();
        Estimator estimator = new Estimator(1_000);
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return new Router(id -> Some.project("{'defaultModel':'claude-sonnet-5'}"), none,
                new Fallback(CATALOGUE, estimator, knowledge, new Fallback.Setting(Terms.plain(0.04, 0), 1)), knowledge,
                new Router.Setting(CATALOGUE, estimator, clock, false)).route(Some.request("{'prompt':'x'}")).decision();
    }

    @Test
    void theBestOneIsNotDrawnWhileItIsAndTheReasonSaysSo() {
        assertThat(decide(Set.of()).model()).isEqualTo(OPUS);

        Decision decision = decide(Set.of(OPUS));

        assertThat(decision.model()).isIn(HAIKU, SONNET);
        assertThat(decision.candidates()).extracting("model").containsExactlyInAnyOrder(HAIKU, SONNET);
        assertThat(decision.reason()).contains("left alone, as they failed often of late: " + OPUS);
    }

    @Test
    void whereAllAreEachMayBeDrawn() {
        Decision decision = decide(Set.of(HAIKU, SONNET, OPUS));

        assertThat(decision.model()).isEqualTo(OPUS);
        assertThat(decision.candidates()).hasSize(3);
    }
}
