package conduit.budget;

import conduit.Some;
import conduit.ledger.Spending;
import conduit.ledger.Spent;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project.CostLimits;
import conduit.routing.Routed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits end with the calendar's days and months, where clocks change and days are missing, too. */
class CalendarTest {

    private static final Spending.Sums NOTHING = new Spending.Sums(Spent.NOTHING, Spent.NOTHING);
    private static final int MOMENTS_A_ZONE = 16;

    private static final Routed ASKED = Stores.routed("c1", "c", "0.01", Stores.NOON);

    private static Problem blocked(ZonedDateTime at, CostLimits limits) {
        Routed asked = new Routed(ASKED.request(), ASKED.project().limited(limits, true), ASKED.model(),
                ASKED.decision(), ASKED.estimate(), List.of(), at);
        return Some.problem(() -> Budget.fit(asked, NOTHING));
    }

    private static Problem byDay(ZonedDateTime at) {
        return blocked(at, new CostLimits(ZERO, null));
    }

    private static Problem byMonth(ZonedDateTime at) {
        return blocked(at, new CostLimits(null, ZERO));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        // A usual day, and its last millisecond, where the offset has minutes.
        "2026-11-21T06:00:00Z,        Asia/Kathmandu,   2026-11-21T18:15:00Z, 2026-11-30T18:15:00Z, 44100",
        "2026-11-21T18:14:59.999Z,    Asia/Kathmandu,   2026-11-21T18:15:00Z, 2026-11-30T18:15:00Z, 1",
        "2026-11-21T18:15:00Z,        Asia/Kathmandu,   2026-11-22T18:15:00Z, 2026-11-30T18:15:00Z, 86400",
        // Clocks go forward: the day has 23 hours; back: 25, and 02:30 comes twice.
        "2026-03-28T23:30:00Z,        Europe/Berlin,    2026-03-29T22:00:00Z, 2026-03-31T22:00:00Z, 81000",
        "2026-10-24T22:00:00Z,        Europe/Berlin,    2026-10-25T23:00:00Z, 2026-10-31T23:00:00Z, 90000",
        "2026-10-25T00:30:00Z,        Europe/Berlin,    2026-10-25T23:00:00Z, 2026-10-31T23:00:00Z, 81000",
        "2026-10-25T01:30:00Z,        Europe/Berlin,    2026-10-25T23:00:00Z, 2026-10-31T23:00:00Z, 77400",
        // There is no midnight: the day begins at 01:00. And there are two: it begins at the first.
        "2026-03-08T04:00:00Z,        America/Havana,   2026-03-08T05:00:00Z, 2026-04-01T04:00:00Z, 3600",
        "2026-11-01T03:30:00Z,        America/Havana,   2026-11-01T04:00:00Z, 2026-11-01T04:00:00Z, 1800",
        "2026-11-01T04:30:00Z,        America/Havana,   2026-11-02T05:00:00Z, 2026-12-01T05:00:00Z, 88200",
        "2026-11-01T05:30:00Z,        America/Havana,   2026-11-02T05:00:00Z, 2026-12-01T05:00:00Z, 84600",
        // 30 December 2011 was left out; the year ended a day later.
        "2011-12-30T09:59:59.999Z,    Pacific/Apia,     2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z, 1",
        "2011-12-30T10:00:00Z,        Pacific/Apia,     2011-12-31T10:00:00Z, 2011-12-31T10:00:00Z, 86400",
        // Clocks went back over midnight: 23:30 came twice, and with it the start of the 7th.
        "2010-11-07T02:00:00Z,        America/St_Johns, 2010-11-07T02:30:00Z, 2010-12-01T03:30:00Z, 1800",
        "2010-11-07T03:00:00Z,        America/St_Johns, 2010-11-07T03:30:00Z, 2010-12-01T03:30:00Z, 1800",
        // Month ends, a leap day, a century's year that has one, a year's end.
        "2026-02-28T12:00:00Z,        UTC,              2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 43200",
        "2028-02-28T12:00:00Z,        UTC,              2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z, 43200",
        "2028-02-29T12:00:00Z,        UTC,              2028-03-01T00:00:00Z, 2028-03-01T00:00:00Z, 43200",
        "2026-12-31T23:59:59.999Z,    UTC,              2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 1",
        "2026-12-31T22:59:59Z,        Europe/Berlin,    2026-12-31T23:00:00Z, 2026-12-31T23:00:00Z, 1"})
    void aLimitResetsAtTheNextDayOrMonth(Instant at, ZoneId zone, Instant day, Instant month, long seconds) {
        Problem daily = byDay(at.atZone(zone));
        Problem monthly = byMonth(at.atZone(zone));

        assertThat(daily.kind()).isEqualTo(Kind.DAILY_LIMIT);
        assertThat(daily.more()).containsEntry("resetsAt", day).containsEntry("retryAfterSeconds", seconds);
        assertThat(monthly.kind()).isEqualTo(Kind.MONTHLY_LIMIT);
        assertThat(monthly.more()).containsEntry("resetsAt", month);
    }

    /** In each zone there is, at any moment: the reset is to come, the first moment of another day, or month. */
    @Test
    void noZoneResetsInThePastOrInTheMiddleOfADay() {
        Random random = new Random(20261121);
        long first = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("2040-01-01T00:00:00Z").toEpochMilli();
        for (String name : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(name);
            for (int i = 0; i < MOMENTS_A_ZONE; i++) {
                ZonedDateTime at = Instant.ofEpochMilli(random.nextLong(first, last)).atZone(zone);
                var change = zone.getRules().nextTransition(at.toInstant());
                if (i % 2 == 0 && change != null) {
                    at = change.getInstant().plusSeconds(random.nextLong(-7_200, 7_200)).atZone(zone);
                }
                assertReset(at, byDay(at));
                ZonedDateTime monthly = ((Instant) byMonth(at).more().get("resetsAt")).atZone(zone);
                assertThat(YearMonth.from(monthly)).as("%s", at).isEqualTo(YearMonth.from(at).plusMonths(1));
                assertThat(YearMonth.from(monthly.minus(Duration.ofMillis(1)))).as("%s", at)
                        .isEqualTo(YearMonth.from(at));
            }
        }
    }

    private static void assertReset(ZonedDateTime at, Problem problem) {
        ZonedDateTime reset = ((Instant) problem.more().get("resetsAt")).atZone(at.getZone());
        assertThat(reset).as("%s", at).isAfter(at);
        assertThat(reset.toLocalDate()).as("%s", at).isAfter(at.toLocalDate());
        assertThat(reset.minus(Duration.ofMillis(1)).toLocalDate()).as("%s", at).isEqualTo(at.toLocalDate());
        assertThat((long) problem.more().get("retryAfterSeconds")).as("%s", at).isPositive()
                .isEqualTo((Duration.between(at, reset).toMillis() + 999) / 1_000);
    }

    @Test
    void thePreviewTellsTheSameResets() {
        ZonedDateTime second = Instant.parse("2010-11-07T03:00:00Z").atZone(ZoneId.of("America/St_Johns"));
        var shown = Budget.show(Some.project("{'defaultModel':'claude-haiku-5-5','costLimits':{'daily':1}}"),
                new Spending.Sums(new Spent(BigDecimal.ONE, ZERO), Spent.NOTHING), second);

        assertThat(shown.get("daily")).hasToString("{limit=1, spent=1, reserved=0, resetsAt=2010-11-07T03:30:00Z}");
    }
}
