package conduit.backtest;

import conduit.ledger.Records;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What each project would have spent so far today and this month, US dollars. It begins with what the ledger says was
 * spent before the first day asked for; from there on the candidate's own costs add up. Time never goes back.
 */
final class Spends {

    private final LocalDate firstDay;
    private final Function<String, Records.Before> before;
    private final Map<String, Sum> sums = new HashMap<>();

    /** @param before gives for a project what it had spent on the first day and in its month */
    Spends(LocalDate firstDay, Function<String, Records.Before> before) {
        this.firstDay = firstDay;
        this.before = before;
    }

    /** The sums of a project on a day. */
    record Sum(LocalDate day, BigDecimal today, BigDecimal thisMonth) {

        Sum on(LocalDate later) {
            return later.equals(day) ? this : new Sum(later, BigDecimal.ZERO,
                    YearMonth.from(later).equals(YearMonth.from(day)) ? thisMonth : BigDecimal.ZERO);
        }

        Sum plus(BigDecimal usd) {
            return new Sum(day, today.add(usd), thisMonth.add(usd));
        }
    }

    Sum of(String project, ZonedDateTime at) {
        return sums.computeIfAbsent(project, this::first).on(at.toLocalDate());
    }

    private Sum first(String project) {
        Records.Before spent = before.apply(project);
        return new Sum(firstDay, spent.ofDay(), spent.ofMonth());
    }

    void add(String project, ZonedDateTime at, BigDecimal usd) {
        sums.put(project, of(project, at).plus(usd));
    }
}
