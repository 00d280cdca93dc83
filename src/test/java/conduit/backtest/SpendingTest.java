package conduit.backtest;

import conduit.backtest.LimitWatch.Hit;
import conduit.ledger.Recorded;
import conduit.routing.Source;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;

import static conduit.backtest.Trying.HAIKU;
import static conduit.backtest.Trying.OPUS;
import static conduit.backtest.Trying.recorded;
import static conduit.backtest.Trying.rules;
import static conduit.backtest.Trying.to;
import static org.assertj.core.api.Assertions.assertThat;

/** Rules and limits see what the candidate would have spent, by the calendar of the zone. At Opus a request costs 0.014. */
class SpendingTest {

    private static Recorded at(String moment) {
        return recorded(moment, HAIKU, Source.RULE, "");
    }

    private static Recorded[] at(String... moments) {
        return java.util.Arrays.stream(moments).map(SpendingTest::at).toArray(Recorded[]::new);
    }

    private static String moved(Report report) {
        return report.changes().stream().map(change -> change.at().toString().substring(5, 16)).toList().toString();
    }

    @Test
    void aRuleSeesTheCandidatesSpendNotTheRecorded() {
        Report report = rules(to("dailySpendUsd < 0.02", OPUS), to("", HAIKU)).on(at("2026-11-21T10:00:00Z",
                "2026-11-21T10:01:00Z", "2026-11-21T10:02:00Z", "2026-11-21T23:59:59Z", "2026-11-22T00:00:00Z"));

        assertThat(moved(report)).isEqualTo("[11-21T10:00, 11-21T10:01, 11-22T00:00]");
    }

    /** In Berlin the 25th of October 2026 lasts from 22:00 UTC of the 24th for 25 hours. */
    @Test
    void aDayOfTwentyFiveHoursIsOneDay() {
        Report report = rules(to("dailySpendUsd == 0", OPUS), to("", HAIKU)).zone("Europe/Berlin").on(at(
                "2026-10-24T21:59:00Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z"));

        assertThat(moved(report)).isEqualTo("[10-24T21:59, 10-24T22:00, 10-25T23:00]");
    }

    @Test
    void theHourIsTheZonesBeforeAndAfterTheClocksGoBack() {
        Report report = rules(to("hour == 2, dayOfWeek == \"SUNDAY\"", OPUS), to("", HAIKU)).zone("Europe/Berlin").on(at(
                "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"));

        assertThat(moved(report)).isEqualTo("[10-25T00:30, 10-25T01:30]");
    }

    @Test
    void aMonthEndsAtTheZonesMidnight() {
        Report report = rules(to("monthlySpendUsd < 0.02", OPUS), to("", HAIKU)).zone("Europe/Berlin").on(at(
                "2026-10-01T10:00:00Z", "2026-10-15T10:00:00Z", "2026-10-31T22:59:59Z", "2026-10-31T23:00:00Z"));

        assertThat(moved(report)).isEqualTo("[10-01T10:00, 10-15T10:00, 10-31T23:00]");
    }

    /** Two dollars were spent before the first request, half of one on its day. */
    @Test
    void whatWasSpentBeforeCountsOnItsDayAndInItsMonth() {
        Recorded[] record = at("2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z", "2026-12-01T00:00:00Z");

        assertThat(moved(rules(to("dailySpendUsd >= 0.5", OPUS), to("", HAIKU)).before("0.5", "2").on(record)))
                .isEqualTo("[11-20T10:00]");
        assertThat(moved(rules(to("monthlySpendUsd >= 2", OPUS), to("", HAIKU)).before("0.5", "2").on(record)))
                .isEqualTo("[11-20T10:00, 11-21T10:00]");
    }

    /**
     * A request of 1 byte can cost (501 x 4 + 1000 x 6) x 8 + 1000 x 4 x 20 = 144,032 millionths at Opus with an output
     * cap of 1,000: its four calls with what the earlier ones wrote, at the dearest input price.
     */
    @Test
    void aLimitIsHitWhereTheWorstCaseNoLongerFits() {
        Report report = rules(to("", OPUS)).project("{'defaultModel':'claude-sonnet-5','costLimits':{'daily':0.158032,"
                + "'monthly':0.172032}}").on(at("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z",
                "2026-11-20T13:00:00Z", "2026-11-21T10:00:00Z"));

        assertThat(report.limits()).containsExactly(
                new Hit("p", "2026-11-20", new BigDecimal("0.158032"), Instant.parse("2026-11-20T12:00:00Z"), 2),
                new Hit("p", "2026-11", new BigDecimal("0.172032"), Instant.parse("2026-11-20T13:00:00Z"), 2));
        assertThat(report.cost().candidateUsd()).isEqualTo("0.070000");
    }

    @Test
    void limitsThatAreNotEnforcedOrNotReachedAreNotHit() {
        String limits = "'costLimits':{'daily':0.1}";
        assertThat(rules(to("", OPUS)).project("{'defaultModel':'claude-sonnet-5'," + limits
                + ",'features':{'costTracking':false}}").on(at("2026-11-20T10:00:00Z")).limits()).isEmpty();
        assertThat(rules(to("", HAIKU)).project("{'defaultModel':'claude-sonnet-5'," + limits + "}")
                .on(at("2026-11-20T10:00:00Z")).limits()).isEmpty();
        assertThat(rules(to("", OPUS)).on(at("2026-11-20T10:00:00Z")).limits()).isEmpty();
    }
}
