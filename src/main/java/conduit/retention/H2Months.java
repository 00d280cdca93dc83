package conduit.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/** Months in one table: rows go in small transactions, so that no settle waits for long. */
final class H2Months extends UsageMonths {

    private static final int BATCH = 500;

    H2Months(JdbcClient jdbc, ZoneId zone) {
        super(jdbc, zone);
    }

    /** Not by an index on the day: a page is to be read by the primary key. */
    @Override
    String rowsOf(YearMonth month) {
        return "usage_tracking where extract(year from booked_on) = " + month.getYear()
                + " and extract(month from booked_on) = " + month.getMonthValue();
    }

    @Override
    void lock() {
        // What holds a month was looked for, and nothing new is booked on a day that is gone.
    }

    @Override
    void removeAtOnce(YearMonth month) {
        // A whole month would hold up others.
    }

    @Override
    void removeBySteps(YearMonth month, long last) {
        Sum left = sum(month);
        long after = left.firstId() - 1;
        while (left.rows() > 0) {
            List<Long> ids = jdbc.sql("select id from " + rowsOf(month) + " and id > ? and id <= ? order by id limit "
                    + BATCH).params(after, last).query(Long.class).list();
            if (ids.isEmpty()) {
                return;
            }
            after = ids.get(ids.size() - 1);
            jdbc.sql("delete from " + rowsOf(month) + " and id >= ? and id <= ?").params(ids.get(0), after).update();
        }
    }
}
