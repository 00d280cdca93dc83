package conduit.ledger;

import conduit.Some;
import conduit.budget.Budget;
import conduit.claude.Outcome;
import conduit.model.Catalogue;
import conduit.model.Tokens;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.project.Project.CostLimits;
import conduit.routing.Routed;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.answered;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;

/** Which limit a request is held against, and on which day's account it is booked. */
class LimitTest {

    private static void limit(Stores on, String project, String daily, String monthly) {
        Project free = routed("x", project, "1", NOON).project();
        on.projects.put(free.limited(new CostLimits(usd(daily), usd(monthly)), true));
    }

    private static BigDecimal usd(String amount) {
        return amount == null ? null : new BigDecimal(amount);
    }

    private static Routed asked(Stores on, String id, String project, String worst, ZonedDateTime at) {
        return routed(id, project, worst, at).under(on.projects.require(project));
    }

    private static Kind blocked(Stores on, Routed asked) {
        return Some.problem(() -> on.ledger.accept(asked, Budget::fit)).kind();
    }

    private static void assertSums(Stores on, String project, LocalDate day, String spent, String reserved) {
        Spent sums = on.spending.of(project, day).day();
        assertThat(sums.spent()).isEqualByComparingTo(spent);
        assertThat(sums.reserved()).isEqualByComparingTo(reserved);
    }

    /** Requests that wait for their project's lock were decided by limits of before. */
    @OnEachDatabase
    void aChangedLimitHoldsForWhatWasDecidedBefore(Stores on) {
        limit(on, "li1", "10", "20");
        Routed first = asked(on, "li1-a", "li1", "2", NOON);
        Routed second = asked(on, "li1-b", "li1", "2", NOON);

        limit(on, "li1", "1", null);
        assertThat(blocked(on, first)).isEqualTo(Kind.DAILY_LIMIT);
        limit(on, "li1", null, "2");
        on.ledger.accept(first, Budget::fit);
        assertThat(blocked(on, second)).isEqualTo(Kind.MONTHLY_LIMIT);
        limit(on, "li1", null, "1");
        assertThat(blocked(on, second)).as("lowered below what is set aside").isEqualTo(Kind.MONTHLY_LIMIT);
        limit(on, "li1", null, null);
        assertThat(on.ledger.accept(second, Budget::fit).number()).isEqualTo(1);
        assertSums(on, "li1", NOON.toLocalDate(), "0", "4");
    }

    @OnEachDatabase
    void amountsOfTwelveDigitsAreExact(Stores on) {
        limit(on, "li2", "999999.999999", "999999.999999");
        Run most = on.ledger.accept(asked(on, "li2-a", "li2", "999999.999998", NOON), Budget::fit);

        assertThat(blocked(on, asked(on, "li2-b", "li2", "0.000002", NOON))).isEqualTo(Kind.DAILY_LIMIT);
        on.ledger.accept(asked(on, "li2-c", "li2", "0.000001", NOON), Budget::fit);
        on.settle(new Completion(most, new Outcome.Answered("text", List.of(), 1, "s"), List.of(new UsageRow(0,
                "claude-haiku-5-5", Tokens.of(1, 1), new BigDecimal("999999.999998"), null, false))));
        assertSums(on, "li2", NOON.toLocalDate(), "999999.999998", "0.000001");
        assertThat(blocked(on, asked(on, "li2-d", "li2", "0.000001", NOON))).isEqualTo(Kind.DAILY_LIMIT);
    }

    @OnEachDatabase
    void whatEndsTheNextDayIsBookedOnItsOwn(Stores on) {
        ZonedDateTime last = ZonedDateTime.parse("2026-11-30T23:59:59.999+05:45[Asia/Kathmandu]");
        LocalDate day = last.toLocalDate();
        limit(on, "li3", "1", "1");
        Run run = on.ledger.accept(asked(on, "li3-a", "li3", "1", last), Budget::fit);

        Run next = on.ledger.accept(asked(on, "li3-b", "li3", "1", last.plusNanos(1_000_000)), Budget::fit);
        on.settle(answered(run, 1_000));
        assertSums(on, "li3", day, "0.000501", "0");
        assertSums(on, "li3", day.plusDays(1), "0", "1");
        assertThat(on.spending.of("li3", day).month().spent()).isEqualByComparingTo("0.000501");
        assertThat(on.spending.of("li3", next.day()).month().spent()).isZero();
        assertThat(on.jdbc.sql("select booked_on from usage_tracking where project_id = 'li3'").query(LocalDate.class)
                .single()).isEqualTo(day);
    }

    /** By hours, over midnight and back: each day keeps its own sums, nothing is freed and nothing lost. */
    @OnEachDatabase
    void aClockThatJumpsBackFreesAndLosesNothing(Stores on) {
        ZonedDateTime morning = ZonedDateTime.parse("2026-12-01T01:00:00Z");
        LocalDate today = morning.toLocalDate();
        limit(on, "li4", "1", "1.5");
        Run run = on.ledger.accept(asked(on, "li4-a", "li4", "0.6", morning), Budget::fit);

        Run earlier = on.ledger.accept(asked(on, "li4-b", "li4", "0.6", morning.minusHours(3)), Budget::fit);
        on.settle(answered(run, 1_000));
        assertThat(blocked(on, asked(on, "li4-c", "li4", "0.6", morning.minusHours(3)))).isEqualTo(Kind.DAILY_LIMIT);
        assertThat(blocked(on, asked(on, "li4-d", "li4", "0.9995", morning))).isEqualTo(Kind.DAILY_LIMIT);
        assertThat(on.settle(answered(run, 1_000))).isFalse();
        on.settle(answered(earlier, 1_000));
        assertSums(on, "li4", today, "0.000501", "0");
        assertSums(on, "li4", today.minusDays(1), "0.000501", "0");
    }

    /** A crash, then another conduit.zone: what was set aside must be freed where it was set aside. */
    @OnEachDatabase
    void aRunKeepsItsDayWhenTheZoneIsChanged(Stores on) {
        Stores node = on.node("li5");
        limit(on, "li5", "1", "1");
        ZonedDateTime late = ZonedDateTime.parse("2026-11-30T23:30:00Z");
        node.ledger.accept(asked(on, "li5-a", "li5", "1", late), Budget::fit);
        Clock tokyo = Clock.fixed(late.toInstant(), ZoneId.of("Asia/Tokyo"));

        Run left = new RunReader(on.jdbc, node.requests, on.projects::require, Some.CATALOGUE, tokyo).unended("li5-a")
                .orElseThrow().run();
        assertThat(node.settle(answered(left, 1_000))).isTrue();
        assertSums(on, "li5", late.toLocalDate(), "0.000501", "0");
        assertSums(on, "li5", late.toLocalDate().plusDays(1), "0", "0");
    }

    /** Else one such run would keep the next start from ending any, and an operator from resolving it. */
    @OnEachDatabase
    void aRunIsEndedThoughItsModelLeftTheCatalogue(Stores on) {
        Stores node = on.node("li6");
        limit(on, "li6", "1", "1");
        node.ledger.accept(asked(on, "li6-a", "li6", "1", NOON), Budget::fit);
        Catalogue other = new Catalogue(List.of(Some.CATALOGUE.require("model", "claude-opus-5-5")), null,
                "claude-opus-5-5");
        RunReader runs = new RunReader(on.jdbc, node.requests, on.projects::require, other, Stores.CLOCK);

        Run left = runs.unended("li6-a").orElseThrow().run();
        assertThat(left.model().id()).isEqualTo("claude-haiku-5-5");
        node.ledger.flagUnknown("li6-a", 1);
        assertThat(runs.unknown("li6-a")).isPresent();
        node.ledger.release("li6-a", 1, Problem.of(Kind.INTERNAL, "void"));
        assertSums(on, "li6", NOON.toLocalDate(), "0", "0");
    }

    @OnEachDatabase
    void whatCostMoreThanItsWorstCaseIsBookedWhole(Stores on) {
        limit(on, "li7", "1", "1");
        Run run = on.ledger.accept(asked(on, "li7-a", "li7", "0.9", NOON), Budget::fit);
        Completion done = new Completion(run, new Outcome.Answered("text", List.of(), 1, "s"), List.of(new UsageRow(0,
                "claude-haiku-5-5", Tokens.of(1, 1), new BigDecimal("1.5"), null, false)));

        assertThat(done.isOverrun()).isTrue();
        assertThat(on.settle(done)).isTrue();
        assertSums(on, "li7", NOON.toLocalDate(), "1.5", "0");
        assertThat(blocked(on, asked(on, "li7-b", "li7", "0.000001", NOON))).isEqualTo(Kind.DAILY_LIMIT);
    }
}
