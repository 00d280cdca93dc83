package conduit.routing;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.rules.RuleBook;
import conduit.rules.engine.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static conduit.Some.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

class RouterTest {

    private static final String RULES = """
            rule "deny" salience 9 when $route : Route() Request( flags contains "deny" )
            then $route.deny("not here"); end
            rule "narrow" salience 8 when $route : Route() Request( flags contains "narrow" )
            then $route.among("only small ones", "claude-haiku-5-5", "claude-sonnet-5-5"); end
            rule "narrower" salience 7 when $route : Route() Request( flags contains "narrower" )
            then $route.among("no sonnet", "claude-haiku-5-5", "claude-opus-5-5"); end
            rule "to" salience 6 when $route : Route() Request( flags contains "to" )
            then $route.category("set"); $route.to("claude-opus-5-5", "flagged"); end
            rule "broken by its sender" salience 5 when $route : Route() Request( metadata["n"] matches "[6-9]" )
            then $route.category("high"); end
            rule "late deny" salience -9 when $route : Route() Request( flags contains "late" )
            then $route.deny("late"); end
            """;

    @TempDir
    Path home;

    private static final Knowledge KNOWLEDGE = new Knowledge() {
        @Override
        public Beliefs beliefs() {
            return Beliefs.none(Tuning.DEFAULT, Map.of("claude-haiku-5-5", new Posterior(100, 100, 5),
                    "claude-sonnet-5-5", new Posterior(100, 100, 5), "claude-opus-5-5", new Posterior(900, 100, 5)));
        }

        @Override
        public Experience experience() {
            return Experience.NONE;
        }

        @Override
        public Spend spend(String project, ZonedDateTime at) {
            return new Spend(BigDecimal.ZERO, BigDecimal.ZERO);
        }
    };

    private Routed route(String request, String project) throws Exception {
        return route(request, project, RULES, RuleSet.Bounds.DEFAULT);
    }

    private Routed route(String request, String project, String rules, RuleSet.Bounds bounds) throws Exception {
        Path folder = Files.createDirectories(home.resolve("rules"));
        Files.writeString(folder.resolve("r.drl"), rules);
        RuleBook book = RuleBook.of(folder, home.resolve("kept"), CATALOGUE, bounds);
        book.refresh();
        Estimator estimator = new Estimator(1000);
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return new Router(id -> Some.project("{'defaultModel':'claude-sonnet-5'" + project + "}"), book,
                new Fallback(CATALOGUE, estimator, KNOWLEDGE, new Fallback.Setting(Terms.plain(0.04, 0), 1)), KNOWLEDGE,
                new Router.Setting(CATALOGUE, estimator, clock, false))
                .route(Some.request("{'prompt':'x'" + request + "}"));
    }

    private Problem refused(String request) {
        return Some.problem(() -> route(request, ""));
    }

    /** Each row is asked for less than the one above it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            ,'model':'claude-haiku-4-5','flags':['deny','to'] | ,'rollout':0        | claude-haiku-4-5 | bypass  | -
            ,'flags':['deny','to']                            | ,'enabled':false    | claude-sonnet-5  | bypass  | -
            ,'model':'claude-haiku-4-5','flags':['to']        | -                   | claude-haiku-4-5 | pinned  | to
            ,'flags':['to','late']                            | -                   | claude-opus-5-5  | rule    | to
            -                                                 | -                   | claude-opus-5-5  | bandit  | -
            -                                                 | ,'features':{'autoRouting':false} | claude-sonnet-5 | default | -
            ,'flags':['to']                                   | ,'features':{'autoRouting':false} | claude-opus-5-5 | rule | to
            """)
    void theFirstThatSaysAModelChooses(String request, String project, String model, String source, String rule)
            throws Exception {
        Routed routed = route(request == null ? "" : request, project == null ? "" : project);
        Decision decision = routed.decision();

        assertThat(routed.model().id()).isEqualTo(decision.model()).isEqualTo(model);
        assertThat(decision.source().text()).isEqualTo(source);
        assertThat(decision.rules()).isEqualTo(rule == null ? java.util.List.of() : java.util.List.of(rule));
        assertThat(decision.rulesVersion() == null).isEqualTo(source.equals("bypass"));
        assertThat(decision.candidates().isEmpty()).isEqualTo(!source.equals("bandit"));
        assertThat(decision.seed() == null).isEqualTo(!source.equals("bandit"));
        assertThat(decision.reason()).isNotBlank();
    }

    @Test
    void aDenyAnswersWithItsReasonAlsoWhereAModelIsPinned() {
        for (String request : new String[] {",'flags':['deny']", ",'flags':['deny'],'model':'claude-opus-5-5'",
                ",'flags':['late']"}) {
            Problem problem = refused(request);
            assertThat(problem.kind()).isEqualTo(Kind.DENIED);
            assertThat(problem.detail()).isEqualTo("Denied: " + (request.contains("late") ? "late." : "not here."));
        }
    }

    @Test
    void anAmongThatLeavesThePinnedModelOutAnswersWithItsOwnReason() {
        assertThat(refused(",'flags':['narrow'],'model':'claude-opus-5-5'").detail())
                .isEqualTo("Denied: only small ones.");
        assertThat(refused(",'flags':['narrow','narrower'],'model':'claude-opus-5-5'").detail())
                .contains("only small ones");
        assertThat(refused(",'flags':['narrow','narrower'],'model':'claude-sonnet-5-5'").detail())
                .contains("no sonnet");
    }

    @Test
    void amongBoundsTheBandit() throws Exception {
        assertThat(route(",'flags':['narrow']", "").decision().candidates()).extracting("model")
                .containsExactlyInAnyOrder("claude-haiku-5-5", "claude-sonnet-5-5");
        assertThat(route(",'flags':['narrow','narrower']", "").decision().candidates()).extracting("model")
                .containsExactly("claude-haiku-5-5");
        assertThat(refused(",'flags':['narrow','to']").kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void constraintsBoundTheChoice() throws Exception {
        assertThat(route(",'constraints':{'models':['claude-haiku-4-5']}", "").model().id())
                .isEqualTo("claude-haiku-4-5");
        assertThat(route(",'constraints':{'maxCostUsd':0.01}", "").decision().candidates()).extracting("model")
                .containsExactly("claude-haiku-5-5");
        assertThat(refused(",'constraints':{'maxCostUsd':0.0001}").more())
                .containsEntry("field", "constraints.maxCostUsd");
        assertThat(refused(",'constraints':{'maxCostUsd':0.0001},'flags':['to']").more())
                .containsEntry("field", "constraints.maxCostUsd");
        assertThat(refused(",'constraints':{'models':['claude-haiku-4-5']},'flags':['to']").kind())
                .isEqualTo(Kind.DENIED);
        assertThat(refused(",'constraints':{'models':['claude-haiku-4-5']},'model':'claude-opus-5-5'").more())
                .containsEntry("field", "model");
        assertThat(refused(",'constraints':{'models':['claude-opus-5-5']},'flags':['narrow']").kind())
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void minimumQualityLeavesOutWhatIsKnownToBeWorseOrSaysThatItIsRelaxed() throws Exception {
        assertThat(route(",'constraints':{'minQuality':0.8}", "").decision().candidates()).extracting("model")
                .containsExactly("claude-opus-5-5");
        assertThat(route(",'constraints':{'minQuality':0.01}", "").decision().candidates()).hasSize(3);
        assertThat(route(",'constraints':{'minQuality':0.8,'models':['claude-haiku-5-5','claude-sonnet-5-5']}", "")
                .decision().reason()).contains("minQuality 0.8 relaxed");
        assertThat(route(",'model':'claude-haiku-5-5','constraints':{'minQuality':0.8,'maxLatencyMs':9}", "").decision()
                .reason()).endsWith("minQuality and maxLatencyMs relaxed: only the bandit weighs it");
    }

    @Test
    void theCategoryIsTheRulesElseTheRequestsElseTheAgentsElseGeneral() throws Exception {
        assertThat(route(",'flags':['to'],'category':'own'", "").decision().category()).isEqualTo("set");
        assertThat(route(",'category':'own','agent':{'type':'t'}", "").decision().category()).isEqualTo("own");
        assertThat(route(",'agent':{'type':'t'}", "").decision().category()).isEqualTo("t");
        assertThat(route("", "").decision().category()).isEqualTo("general");
    }

    @Test
    void whereALimitIsNearTheCheaperOnesStandByTheDearestFirst() throws Exception {
        assertThat(route(",'flags':['to']", ",'onLimit':'degrade'").cheaper()).extracting(r -> r.model().id())
                .containsExactly("claude-sonnet-5-5", "claude-haiku-5-5");
        assertThat(route(",'flags':['to']", ",'onLimit':'degrade'").cheaper().get(0).decision().reason())
                .isEqualTo("flagged; degraded from claude-opus-5-5 to fit into the limit");
        assertThat(route(",'flags':['to']", "").cheaper()).isEmpty();
        assertThat(route(",'model':'claude-opus-5-5'", ",'onLimit':'degrade'").cheaper()).isEmpty();
    }

    /** Else a limit would send a request to a model that it had ruled out, and nobody would be told. */
    @Test
    void whatALimitRelaxesIsTold() throws Exception {
        Routed strict = route(",'constraints':{'minQuality':0.8}", ",'onLimit':'degrade'");
        assertThat(strict.model().id()).isEqualTo("claude-opus-5-5");
        assertThat(strict.cheaper()).hasSize(2).allSatisfy(one -> {
            assertThat(one.decision().reason()).endsWith("; minQuality relaxed: no model that meets it fits into the "
                    + "limit; degraded from claude-opus-5-5 to fit into the limit");
            assertThat(one.decision().degradedFrom()).isEqualTo("claude-opus-5-5");
        });
        assertThat(route(",'constraints':{'minQuality':0.01}", ",'onLimit':'degrade'").cheaper()).isNotEmpty()
                .noneMatch(one -> one.decision().reason().contains("relaxed"));
    }

    /** Else a guarantee would seem to hold where the model that it falls back to may not serve. */
    @Test
    void aGuaranteeWithoutItsBaselineIsToldAsRelaxed() throws Exception {
        assertThat(route(",'flags':['narrow']", ",'minQuality':0.98").decision().reason())
                .endsWith("; the project's minQuality 0.98 relaxed: the baseline claude-opus-5-5 "
                        + "is not among the allowed models");
        assertThat(route("", ",'minQuality':0.98").decision().reason()).doesNotContain("relaxed");
    }

    /** Else a decision with a long reason would not tell any more that it was degraded, and not be repeatable. */
    @Test
    void howeverLongTheReasonIsItTellsWhatItWasDegradedFrom() throws Exception {
        String rule = "rule \"long\" when $route : Route() Request() then $route.to(\"claude-opus-5-5\", \""
                + "y".repeat(2_000) + "\"); end";
        assertThat(route("", ",'onLimit':'degrade'", rule, RuleSet.Bounds.DEFAULT).cheaper()).isNotEmpty()
                .allSatisfy(one -> {
            assertThat(one.decision().reason()).hasSize(1_000).startsWith("yyy");
            assertThat(one.decision().degradedFrom()).isEqualTo("claude-opus-5-5");
        });
    }

    @Test
    void noTextOfASenderTurnsADenyOff() {
        assertThat(refused(",'flags':['late'],'metadata':{'n':'text'}").kind()).isEqualTo(Kind.DENIED);
    }

    private static final String SLOW = """
            rule "slow" salience 8 when $route : Route() Request( prompt matches "x+" )
            then $route.to("claude-opus-5-5", "slow"); end
            """;

    /** A clock that stands still at the first look and is an hour later at the next. */
    private static RuleSet.Bounds late() {
        AtomicInteger looks = new AtomicInteger();
        return new RuleSet.Bounds(Duration.ofMillis(500),
                () -> looks.getAndIncrement() == 0 ? 0 : Duration.ofHours(1).toNanos());
    }

    @Test
    void whereTheRulesTakeTooLongTheBanditChooses() throws Exception {
        assertThat(route("", "", SLOW, RuleSet.Bounds.DEFAULT).decision().source()).isEqualTo(Source.RULE);
        Decision decision = route("", "", SLOW, late()).decision();

        assertThat(decision.source()).isEqualTo(Source.BANDIT);
        assertThat(decision.rules()).isEmpty();
    }

    @Test
    void whereARuleThatWasNotAskedCouldDenyNobodyAnswers() {
        String rules = SLOW + "rule \"deny\" when $route : Route() Request( user == \"eve\" ) "
                + "then $route.deny(\"no\"); end";

        assertThat(Some.problem(() -> route("", "", rules, late())).detail())
                .startsWith("The rules took more than 500 ms for one request.").contains("could have denied it");
    }
}
