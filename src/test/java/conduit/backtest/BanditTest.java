package conduit.backtest;

import conduit.backtest.Report.Move;
import conduit.ledger.Recorded;
import conduit.routing.Source;
import conduit.rules.engine.Deciding;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.stream.IntStream;

import static conduit.backtest.Trying.HAIKU;
import static conduit.backtest.Trying.OPUS;
import static conduit.backtest.Trying.SONNET;
import static conduit.backtest.Trying.recorded;
import static conduit.backtest.Trying.rules;
import static conduit.backtest.Trying.to;
import static org.assertj.core.api.Assertions.assertThat;

/** Where the candidate leaves the choice open: what was chosen stays where it can, else somebody stands in. */
class BanditTest {

    private static final String SMALL = Deciding.rule("Small ones", 0, "Request()",
            "$route.among(\"small\", \"" + HAIKU + "\", \"" + SONNET + "\");");

    private static Recorded one(String model, Source source, String more) {
        return recorded("2026-11-21T10:00:00Z", model, source, more);
    }

    private static Recorded[] byRule(int many) {
        return IntStream.range(0, many).mapToObj(i -> recorded("2026-11-21T10:%02d:00Z".formatted(i), HAIKU, Source.RULE,
                "")).toArray(Recorded[]::new);
    }

    @Test
    void whatNoRuleChoseThenOrNowStays() {
        Report report = rules().on(one(HAIKU, Source.BANDIT, ""), one(OPUS, Source.DEFAULT, ""));

        assertThat(report.unchanged()).isEqualTo(2);
        assertThat(report.leftToBandit()).isZero();
    }

    @Test
    void whatRulesLeaveOutIsDrawnAmongWhatTheyAllow() {
        Report report = rules(SMALL).on(one(OPUS, Source.BANDIT, ""), one(HAIKU, Source.BANDIT, ""));

        assertThat(report.leftToBandit()).isEqualTo(1);
        assertThat(report.moves()).singleElement().satisfies(move -> {
            assertThat(move.from()).isEqualTo(OPUS);
            assertThat(move.to()).isIn(HAIKU, SONNET);
        });
        assertThat(report.changes().get(0).rule()).isEqualTo("Small ones");
        assertThat(report.cost().cheapestUsd()).isEqualTo("-0.013650");
        assertThat(report.cost().dearestUsd()).isEqualTo("-0.007000");
    }

    /** Opus is believed to be good in 9 of 10 answers, the others in 1 of 2: it is drawn, and the bounds tell the rest. */
    @Test
    void whereARuleChoseAndNoneDoesTheBanditIsDrawnWithItsBounds() {
        Report report = rules(to("flags contains \"never\"", OPUS)).on(byRule(50));

        assertThat(report.leftToBandit()).isEqualTo(50);
        assertThat(report.moves()).containsExactly(new Move(HAIKU, OPUS, 50));
        assertThat(report.cost().cheapestUsd()).isZero();
        assertThat(report.cost().dearestUsd()).isEqualTo(report.cost().changeUsd()).isEqualTo("0.682500");
        assertThat(report.changes().get(0).reason()).contains("left to the bandit");
    }

    @Test
    void aDrawIsTheSameAtEachRun() {
        Report once = rules(SMALL).on(byRule(50));

        assertThat(rules(SMALL).on(byRule(50)).changes()).isEqualTo(once.changes());
        assertThat(once.changed()).isBetween(1L, 49L);
    }

    @Test
    void withoutAutomaticRoutingTheDefaultStandsIn() {
        String project = "{'defaultModel':'" + OPUS + "','features':{'autoRouting':false}}";

        assertThat(rules().project(project).on(byRule(1)).moves()).containsExactly(new Move(HAIKU, OPUS, 1));
        assertThat(rules(SMALL).project(project).on(byRule(1)).moves()).containsExactly(new Move(HAIKU, SONNET, 1));
        assertThat(rules().project(project).on(byRule(1)).leftToBandit()).isZero();
    }

    /** At Opus this request can cost 0.144032, at Sonnet half of it, at Haiku 0.003601. */
    @Test
    void theBanditKeepsWhatTheSenderDemanded() {
        assertThat(rules().on(one(SONNET, Source.RULE, ",'constraints':{'maxCostUsd':0.01}")).moves())
                .containsExactly(new Move(SONNET, HAIKU, 1));
        assertThat(rules().on(one(SONNET, Source.RULE, ",'constraints':{'maxCostUsd':0.001}")).denied()).isEqualTo(1);
        assertThat(rules().on(one(HAIKU, Source.RULE, ",'constraints':{'minQuality':0.8}")).moves())
                .containsExactly(new Move(HAIKU, OPUS, 1));
        assertThat(rules().on(one(SONNET, Source.RULE, ",'constraints':{'models':['" + HAIKU + "']}")).moves())
                .containsExactly(new Move(SONNET, HAIKU, 1));
    }

    /** The limit of that time, and not the rules, had it run on a cheaper model. */
    @Test
    void whatALimitDegradedDoesNotCountAsMoved() {
        Recorded one = one(HAIKU, Source.RULE, "");
        Recorded.Ran ran = one.ran();
        Recorded degraded = new Recorded(one.request(), one.at(), one.state(), false, true, 1, new Recorded.Ran(HAIKU,
                Source.RULE, OPUS, ran.tokenCount(), ran.tokens(), ran.modelUsd(), BigDecimal.ZERO));

        assertThat(rules(to("", OPUS)).on(degraded).unchanged()).isEqualTo(1);
        assertThat(rules(to("", SONNET)).on(degraded).moves()).containsExactly(new Move(HAIKU, SONNET, 1));
    }
}
