package conduit.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.YearMonth;
import java.time.ZoneId;

/** Months that are partitions: one goes in an instant, together with the note that it went. */
final class PostgresMonths extends UsageMonths {

    PostgresMonths(JdbcClient jdbc, ZoneId zone) {
        super(jdbc, zone);
    }

    @Override
    String rowsOf(YearMonth month) {
        return Partitions.name(month) + " where true";
    }

    @Override
    void lock() {
        // Settles wait while the month is counted once more; a long report that is under way makes this try again later.
        jdbc.sql("set local lock_timeout = '3s'").update();
        jdbc.sql("lock table usage_tracking in access exclusive mode").update();
    }

    @Override
    void removeAtOnce(YearMonth month) {
        jdbc.sql("drop table " + Partitions.name(month)).update();
    }

    @Override
    void removeBySteps(YearMonth month, long last) {
        // It is gone.
    }
}
