package conduit.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The usage rows of one month: what they are, what holds them, how they go. */
abstract sealed class UsageMonths permits PostgresMonths, H2Months {

    private static final int PAGE = 1_000;

    final JdbcClient jdbc;
    private final ZoneId zone;

    UsageMonths(JdbcClient jdbc, ZoneId zone) {
        this.jdbc = jdbc;
        this.zone = zone;
    }

    /**
     * What a month's rows add up to.
     *
     * @param cost US dollars
     */
    record Sum(long rows, BigDecimal cost, long firstId, long lastId) {

        boolean equalTo(long otherRows, BigDecimal otherCost) {
            return rows == otherRows && cost.compareTo(otherCost) == 0;
        }
    }

    /** What is done with each row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** The month of the oldest row. */
    Optional<YearMonth> first() {
        return jdbc.sql("select min(booked_on) from usage_tracking").query((row, i) -> row.getObject(1, LocalDate.class))
                .list().stream().filter(java.util.Objects::nonNull).map(YearMonth::from).findFirst();
    }

    /** Table and condition that give a month's rows, and read them in the order of id without sorting the month. */
    abstract String rowsOf(YearMonth month);

    /** Keeps writers out until the transaction ends, where the month goes at once. */
    abstract void lock();

    /** Removes the month, where it goes at once; to be called in a transaction. */
    abstract void removeAtOnce(YearMonth month);

    /**
     * Removes the month's rows, where they go in small transactions; can be repeated.
     *
     * @param last the highest id that is in the archive
     */
    abstract void removeBySteps(YearMonth month, long last);

    Sum sum(YearMonth month) {
        return jdbc.sql("select count(*), coalesce(sum(cost), 0), coalesce(min(id), 0), coalesce(max(id), 0) "
                        + "from usage_tracking where booked_on between ? and ?").params(month.atDay(1), month.atEndOfMonth())
                .query((row, i) -> new Sum(row.getLong(1), row.getBigDecimal(2), row.getLong(3), row.getLong(4))).single();
    }

    /** Hands over each row up to that of {@code sum}, in the order of id; page by page, so that nothing is held. */
    void read(YearMonth month, Sum sum, RowReader reader) {
        long[] after = {sum.firstId() - 1};
        int[] rows = {PAGE};
        while (rows[0] == PAGE) {
            rows[0] = 0;
            jdbc.sql("select * from " + rowsOf(month) + " and id > ? and id <= ? order by id limit " + PAGE)
                    .params(after[0], sum.lastId()).query(row -> {
                        rows[0]++;
                        after[0] = row.getLong("id");
                        reader.read(row);
                    });
        }
    }

    /** Why a month's rows must stay, in words; empty where nothing holds them. */
    List<String> holds(YearMonth month) {
        LocalDate first = month.atDay(1);
        LocalDate last = month.atEndOfMonth();
        Map<String, Long> holds = new LinkedHashMap<>();
        holds.put("wait for an export", jdbc.sql("select count(*) from export_queue where booked_on between ? and ?")
                .params(first, last).query(Long.class).single());
        holds.put("reservations are open", jdbc.sql("select count(*) from reservations where state in ('held', 'unknown') "
                + "and booked_on between ? and ?").params(first, last).query(Long.class).single());
        holds.put("requests run or are unknown", jdbc.sql("select count(*) from requests where state in ('accepted', "
                        + "'unknown') and created_at >= ? and created_at < ?")
                .params(first.atStartOfDay(zone).toOffsetDateTime(), last.plusDays(1).atStartOfDay(zone).toOffsetDateTime())
                .query(Long.class).single());
        List<String> words = new ArrayList<>();
        holds.forEach((what, count) -> {
            if (count > 0) {
                words.add(count + " " + what);
            }
        });
        return words;
    }
}
