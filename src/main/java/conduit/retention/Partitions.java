package conduit.retention;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The monthly partitions of usage_tracking on PostgreSQL; the default one takes what has no month of its own yet. */
public final class Partitions {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'usage_tracking_'uuuu'_'MM", Locale.ROOT);
    /** All but the generated column. */
    private static final String COLUMNS = "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute "
            + "where attrelid = 'usage_tracking'::regclass and attnum > 0 and not attisdropped and attgenerated = ''";
    private static final String ATTACHED = "select count(*) from pg_inherits i join pg_class c on c.oid = i.inhrelid "
            + "where i.inhparent = 'usage_tracking'::regclass and c.relname = ?";
    private static final long LOCK = 0x434f4e4455495450L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Partitions(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes the partitions of this month, the next, and each month that has rows in the default one. */
    public void prepare() {
        YearMonth now = YearMonth.now(clock);
        TreeSet<YearMonth> months = new TreeSet<>(List.of(now, now.plusMonths(1)));
        jdbc.sql("select distinct cast(date_trunc('month', booked_on) as date) from usage_tracking_default")
                .query(LocalDate.class).list().forEach(first -> months.add(YearMonth.from(first)));
        for (YearMonth month : months) {
            try {
                make(month);
            } catch (DataAccessException e) {
                LOG.warn("The partition of {} can't be made now; its rows go into the default one, and are moved later: {}",
                        month, e.getMessage());
            }
        }
    }

    /** The name of a month's partition. */
    static String name(YearMonth month) {
        return NAME.format(month);
    }

    private void make(YearMonth month) {
        String name = name(month);
        if (isThere(name)) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select cast(pg_advisory_xact_lock(?) as text)").param(LOCK).query(String.class).optional();
            if (isThere(name)) {
                return;
            }
            // Rather later than that requests wait for a lock which waits for a long report.
            jdbc.sql("set local lock_timeout = '3s'").update();
            jdbc.sql("lock table usage_tracking_default in access exclusive mode").update();
            jdbc.sql("create table " + name + " (like usage_tracking including defaults including generated "
                    + "including constraints)").update();
            String columns = jdbc.sql(COLUMNS).query(String.class).single();
            int moved = jdbc.sql("with moved as (delete from usage_tracking_default where booked_on >= ? and booked_on < ? "
                            + "returning " + columns + ") insert into " + name + " (" + columns + ") select " + columns
                            + " from moved").params(month.atDay(1), month.plusMonths(1).atDay(1)).update();
            jdbc.sql("alter table usage_tracking attach partition " + name + " for values from ('" + month.atDay(1)
                    + "') to ('" + month.plusMonths(1).atDay(1) + "')").update();
            LOG.info("The partition {} is made; {} rows were moved into it", name, moved);
        });
    }

    private boolean isThere(String name) {
        return jdbc.sql(ATTACHED).param(name).query(Long.class).single() > 0;
    }
}
