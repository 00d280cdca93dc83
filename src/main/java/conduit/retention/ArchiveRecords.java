package conduit.retention;

import conduit.retention.UsageMonths.Sum;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is on record of archive files, so that a run that was killed is taken up where it ended. */
record ArchiveRecords(JdbcClient jdbc, Clock clock) {

    /** How far an archive is: promised to a file, read back and equal, its rows being removed, its rows gone. */
    enum State {
        PROMISED, WRITTEN, REMOVING, REMOVED;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param lastId the highest id in it */
    record Archive(String file, YearMonth month, State state, long rows, BigDecimal cost, long lastId) {
    }

    /** The archives that are not at their end, the oldest month first. */
    List<Archive> open() {
        return jdbc.sql("select * from usage_archives where state <> 'removed' order by first_day").query((row, i) ->
                new Archive(row.getString("file"), YearMonth.from(row.getObject("first_day", LocalDate.class)),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getLong("row_count"),
                        row.getBigDecimal("cost"), row.getLong("last_id"))).list();
    }

    /** The names of a month's files. */
    Set<String> files(YearMonth month) {
        return Set.copyOf(jdbc.sql("select file from usage_archives where first_day = ?").param(month.atDay(1))
                .query(String.class).list());
    }

    Optional<Archive> open(YearMonth month) {
        return open().stream().filter(archive -> archive.month().equals(month)).findFirst();
    }

    /** Promises a month to a file before it is written, so that a second try writes the same file. */
    Archive promise(YearMonth month, String file) {
        jdbc.sql("insert into usage_archives values (?, ?, 'promised', 0, 0, 0, ?)")
                .params(file, month.atDay(1), clock.instant().atOffset(ZoneOffset.UTC)).update();
        return open(month).orElseThrow();
    }

    void written(Archive archive, Sum sum) {
        jdbc.sql("update usage_archives set state = 'written', row_count = ?, cost = ?, last_id = ?, updated_at = ? "
                + "where file = ?").params(sum.rows(), sum.cost(), sum.lastId(), clock.instant().atOffset(ZoneOffset.UTC),
                archive.file()).update();
    }

    void now(Archive archive, State state) {
        jdbc.sql("update usage_archives set state = ?, updated_at = ? where file = ?")
                .params(state.text(), clock.instant().atOffset(ZoneOffset.UTC), archive.file()).update();
    }
}
