package conduit.backtest;

import conduit.backtest.Report.Move;
import conduit.ledger.Recorded;
import conduit.ledger.RequestState;
import conduit.model.Tokens;
import conduit.routing.Source;
import conduit.rules.engine.Deciding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.time.Instant;

import static conduit.backtest.Trying.HAIKU;
import static conduit.backtest.Trying.OPUS;
import static conduit.backtest.Trying.SONNET;
import static conduit.backtest.Trying.recorded;
import static conduit.backtest.Trying.rules;
import static conduit.backtest.Trying.to;
import static org.assertj.core.api.Assertions.assertThat;

/** 1,000 tokens in and 500 out cost 0.00035 USD at Haiku, 0.007 at Sonnet, 0.014 at Opus. */
class PassTest {

    private static final String BIG = ",'flags':['big']";

    private static Recorded at(String time) {
        return recorded("2026-11-21T" + time + "Z", HAIKU, Source.RULE, BIG);
    }

    @Test
    void movesCostsAndChangesAreToldToTheLastDigit() {
        Report report = rules(to("flags contains \"big\"", OPUS), to("", HAIKU)).on(
                recorded("2026-11-21T10:00:00Z", HAIKU, Source.RULE, BIG),
                recorded("2026-11-21T10:00:01Z", HAIKU, Source.RULE, ""),
                recorded("2026-11-21T10:00:02Z", SONNET, Source.RULE, BIG),
                recorded("2026-11-21T10:00:03Z", HAIKU, Source.RULE, BIG),
                recorded("2026-11-21T10:00:04Z", OPUS, Source.BANDIT, ""));

        assertThat(report.moves()).containsExactly(new Move(HAIKU, OPUS, 2), new Move(OPUS, HAIKU, 1),
                new Move(SONNET, OPUS, 1));
        assertThat(report.requests()).isEqualTo(5);
        assertThat(report.redecided()).isEqualTo(5);
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(report.changed()).isEqualTo(4);
        assertThat(report.cost().recordedUsd()).isEqualTo("0.022050");
        assertThat(report.cost().candidateUsd()).isEqualTo("0.042700");
        assertThat(report.cost().changeUsd()).isEqualTo("0.020650");
        assertThat(report.cost().low()).isLessThan(new BigDecimal("0.02065"));
        assertThat(report.cost().high()).isGreaterThan(new BigDecimal("0.02065"));
        assertThat(report.cost().othersUsd()).isZero();
        assertThat(report.cost().cheapestUsd()).isNull();
        assertThat(report.changes().get(1)).isEqualTo(new Report.Change("r20261121T100002", "p",
                Instant.parse("2026-11-21T10:00:02Z"), SONNET, OPUS, "to " + OPUS, "why", new BigDecimal("0.007000"),
                new BigDecimal("0.014000")));
        assertThat(report.rulesVersion()).isEqualTo("v");
    }

    @Test
    void theListOfChangesEndsAndItsCountDoesNot() {
        Report report = rules(to("", OPUS)).listing(1).on(at("10:00:00"), at("10:00:01"), at("10:00:02"));

        assertThat(report.changes()).extracting(Report.Change::id).containsExactly("r20261121T100000");
        assertThat(report.changesTotal()).isEqualTo(3);
    }

    /** Cached tokens are priced as such elsewhere too, and what other models did meanwhile costs the same. */
    @Test
    void everyKindOfTokenIsPricedAndOtherModelsStay() {
        Recorded one = at("10:00:00");
        Recorded cached = new Recorded(one.request(), one.at(), one.state(), false, true, 1, new Recorded.Ran(HAIKU,
                Source.RULE, null, 1, new Tokens(11, 7, 1001, 103, 13), new BigDecimal("0.123456"),
                new BigDecimal("0.5")));

        // 11 x 4 + 7 x 20 + 1001 x .2 + 103 x 5 + 13 x 8 = 1003.2 millionths
        assertThat(rules(to("", OPUS)).on(cached).cost().candidateUsd()).isEqualTo("0.501003");
        assertThat(rules(to("", HAIKU)).on(cached).cost().candidateUsd()).isEqualTo("0.623456");
    }

    @Test
    void whatIsDeniedCostsNothing() {
        Report report = rules(Deciding.rule("No big ones", 0, "Request( flags contains \"big\" )",
                "$route.deny(\"too big\");")).on(at("10:00:00"), recorded("2026-11-21T10:00:01Z", SONNET,
                Source.PINNED, BIG + ",'model':'" + SONNET + "'"));

        assertThat(report.denied()).isEqualTo(2);
        assertThat(report.moves()).containsExactly(new Move(HAIKU, "denied", 1), new Move(SONNET, "denied", 1));
        assertThat(report.cost().candidateUsd()).isZero();
        assertThat(report.cost().changeUsd()).isEqualTo("-0.007350");
        assertThat(report.changes().get(0).rule()).isEqualTo("No big ones");
        assertThat(report.changes().get(0).reason()).isEqualTo("too big");
    }

    @Test
    void whatNeedsATextIsCountedNotGuessed() {
        Report report = rules(true, to("prompt contains \"x\"", OPUS)).on(at("10:00:00"), at("10:00:01"));

        assertThat(report.needText()).isEqualTo(2);
        assertThat(report.redecided()).isZero();
        assertThat(report.moves()).isEmpty();
        assertThat(report.cost().recordedUsd()).isZero();
        assertThat(report.cost().low()).isNull();
        assertThat(report.cost().othersUsd()).isEqualTo("0.000700");
    }

    @ParameterizedTest
    @EnumSource(value = RequestState.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETED")
    void whatDidNotCompleteIsCountedAndItsCostStays(RequestState state) {
        Report report = rules(to("", OPUS)).on(at("10:00:00"), recorded("2026-11-21T10:00:01Z", HAIKU, Source.RULE, "",
                state, true));

        assertThat(report.notCompleted()).isEqualTo(1);
        assertThat(report.redecided()).isEqualTo(1);
        assertThat(report.cost().othersUsd()).isEqualTo("0.000350");
    }

    @Test
    void requestsOfOldVersionsAndLostProjectsAreCounted() {
        Recorded lost = recorded("2026-11-21T10:00:01Z", HAIKU, Source.RULE, "");
        Recorded other = new Recorded(conduit.Some.request("{'id':'o','project':'gone','prompt':'x'}"), lost.at(),
                lost.state(), false, true, 1, lost.ran());
        Report report = rules(to("", OPUS)).on(recorded("2026-11-21T10:00:00Z", HAIKU, Source.RULE, "",
                RequestState.COMPLETED, false), other);

        assertThat(report.incomplete()).isEqualTo(2);
        assertThat(report.redecided()).isZero();
    }

    @Test
    void rulesThatFailAreCountedAndEndNothing() {
        Report report = Trying.failing().on(at("10:00:00"), at("10:00:01"));

        assertThat(report.ruleErrors()).isEqualTo(2);
        assertThat(report.requests()).isEqualTo(2);
    }

    /** Live, no rule would have been asked, so none is asked here. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"BYPASS, `{'defaultModel':'claude-sonnet-5'}`",
            "RULE, `{'enabled':false}`", "BANDIT, `{'defaultModel':'claude-sonnet-5','rollout':0}`"})
    void aBypassStays(Source source, String project) {
        Report report = rules(to("", OPUS)).project(project).on(recorded("2026-11-21T10:00:00Z", HAIKU, source, ""));

        assertThat(report.unchanged()).isEqualTo(1);
    }

    /** 250 is what the record says; the prompt, which was not kept, would give 1. */
    @Test
    void rulesSeeTheRecordedTokenCount() {
        assertThat(rules(to("tokenCount == 250", OPUS)).on(at("10:00:00")).changed()).isEqualTo(1);
    }
}
