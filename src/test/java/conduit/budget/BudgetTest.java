package conduit.budget;

import conduit.Some;
import conduit.ledger.Spending;
import conduit.ledger.Spent;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project.CostLimits;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What fits and what does not, to the millionth of a dollar. */
class BudgetTest {

    private static final int CASES = 1_000;

    private static BigDecimal usd(String amount) {
        return amount == null ? null : new BigDecimal(amount);
    }

    private static Spending.Sums sums(String spent, String reserved, String monthBefore) {
        Spent day = new Spent(usd(spent), usd(reserved));
        return new Spending.Sums(day, new Spent(day.spent().add(usd(monthBefore)), day.reserved()));
    }

    private static Routed asked(String worst, String daily, String monthly) {
        Routed routed = Stores.routed("b1", "b", worst, Stores.NOON);
        return routed.under(routed.project().limited(new CostLimits(usd(daily), usd(monthly)), true));
    }

    @ParameterizedTest
    @CsvSource({
        // worst, daily, monthly, spent, reserved, month before
        "0.000001, 0.000001,      ,              0,             0,        0",
        "0.5,      1,             1,             0.25,          0.25,     0",
        "0.500001, ,              ,              999999,        999999,   999999",
        "0.000001, 999999.999999, ,              999999.999998, 0,        0",
        "0.000001, ,              999999.999999, 0.000001,      0,        999999.999997",
        "999999.999999, 999999.999999, 999999.999999, 0,        0,        0"})
    void whatIsExactlyTheRestFits(String worst, String daily, String monthly, String spent, String reserved,
                                  String before) {
        Routed asked = asked(worst, daily, monthly);

        assertThat(Budget.fit(asked, sums(spent, reserved, before))).isSameAs(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "0.000001, 0,             ,              0,             0,        0,             DAILY_LIMIT",
        "0.000001, ,              0,             0,             0,        0,             MONTHLY_LIMIT",
        "0.500001, 1,             ,              0.25,          0.25,     0,             DAILY_LIMIT",
        "0.000002, 999999.999999, ,              999999.999998, 0,        0,             DAILY_LIMIT",
        "0.000002, ,              999999.999999, 0.000001,      0,        999999.999997, MONTHLY_LIMIT",
        // Lowered below what is spent already.
        "0.000001, 1,             ,              5,             0,        0,             DAILY_LIMIT",
        "0.1,      10,            20,            0,             1,        18.95,         MONTHLY_LIMIT"})
    void aMillionthMoreDoesNot(String worst, String daily, String monthly, String spent, String reserved,
                               String before, Kind kind) {
        assertThat(Some.problem(() -> Budget.fit(asked(worst, daily, monthly), sums(spent, reserved, before))).kind())
                .isEqualTo(kind);
    }

    /** What running calls set aside is free again in seconds; nobody should wait for midnight. */
    @Test
    void whatOnlyWaitsForRunningCallsIsToldToComeBackSoon() {
        Problem soon = Some.problem(() -> Budget.fit(asked("0.5", "1", null), sums("0.5", "0.1", "0")));
        assertThat(soon.more()).containsEntry("retryAfterSeconds", 10L).containsKey("resetsAt");
        assertThat(soon.detail()).contains("in a moment");

        Problem later = Some.problem(() -> Budget.fit(asked("0.5", "1", null), sums("0.500001", "0.1", "0")));
        assertThat(later.more()).containsEntry("retryAfterSeconds", 12L * 3600);
        assertThat(later.detail()).doesNotContain("in a moment");
    }

    /** Who is told to come back tomorrow comes back in vain. */
    @Test
    void whatNeverFitsIsToldSo() {
        assertThat(Some.problem(() -> Budget.fit(asked("1.000001", "1", null), sums("0", "0", "0"))).detail())
                .contains("raise the limit").contains("under another id");
        assertThat(Some.problem(() -> Budget.fit(asked("1", "1", null), sums("0.1", "0", "0"))).detail())
                .endsWith("The limit resets at 2026-11-22T00:00:00Z.");
    }

    @Test
    void withoutCostTrackingNothingIsBlocked() {
        Routed asked = asked("1", "0", "0");

        assertThat(Budget.fit(asked.under(asked.project().limited(asked.project().costLimits(), false)),
                sums("5", "5", "5"))).isNotNull();
    }

    /** Neither one that does not fit, nor a cheaper one than necessary. */
    @Test
    void degradingTakesTheDearestThatFits() {
        Random random = new Random(20261121);
        int[] taken = new int[6];
        for (int i = 0; i < CASES; i++) {
            List<BigDecimal> worsts = new ArrayList<>(Stream.generate(() -> BigDecimal.valueOf(random.nextInt(1_000), 6))
                    .limit(5).sorted(Comparator.reverseOrder()).toList());
            Routed routed = asked(worsts.get(0).toPlainString(), "0.001", "0.0015");
            List<Routed> cheaper = worsts.subList(1, 5).stream().map(worst -> new Routed(routed.request(),
                    routed.project(), routed.model(), routed.decision(), new Estimate(1, 1, worst, worst), List.of(),
                    routed.at())).toList();
            Routed asked = new Routed(routed.request(), routed.project(), routed.model(), routed.decision(),
                    routed.estimate(), cheaper, routed.at());
            Spending.Sums sums = sums(BigDecimal.valueOf(random.nextInt(900), 6).toPlainString(), "0.0001", "0.0004");
            BigDecimal room = new BigDecimal("0.001").subtract(sums.day().total())
                    .min(new BigDecimal("0.0015").subtract(sums.month().total()));
            BigDecimal dearest = worsts.stream().filter(worst -> worst.compareTo(room) <= 0).findFirst().orElse(null);

            if (dearest == null) {
                Some.problem(() -> Budget.fit(asked, sums));
                taken[5]++;
            } else {
                assertThat(Budget.fit(asked, sums).estimate().worstCaseUsd()).isEqualByComparingTo(dearest);
                taken[worsts.indexOf(dearest)]++;
            }
        }
        assertThat(taken).doesNotContain(0);
    }

    @Test
    void aDailyLimitAboveTheMonthlyOneIsRefused() {
        assertThat(Some.problem(() -> Some.project("{'defaultModel':'claude-haiku-5-5','costLimits':{'daily':2,"
                + "'monthly':1.999999}}")).more()).containsEntry("field", "costLimits.daily");
        assertThat(Some.project("{'defaultModel':'claude-haiku-5-5','costLimits':{'daily':999999.999999,"
                + "'monthly':999999.999999}}").costLimits().daily()).isEqualByComparingTo("999999.999999");
    }
}
