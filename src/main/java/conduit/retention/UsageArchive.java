package conduit.retention;

import conduit.retention.ArchiveFile.Content;
import conduit.retention.ArchiveRecords.Archive;
import conduit.retention.ArchiveRecords.State;
import conduit.retention.UsageMonths.Sum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;

/** Moves whole months of usage from the table into files. */
final class UsageArchive {

    private static final Logger LOG = LoggerFactory.getLogger(UsageArchive.class);

    private final UsageMonths months;
    private final ArchiveRecords records;
    private final ArchiveFile files;
    private final TransactionTemplate transaction;

    UsageArchive(UsageMonths months, ArchiveRecords records, ArchiveFile files, TransactionTemplate transaction) {
        this.months = months;
        this.records = records;
        this.files = files;
        this.transaction = transaction;
    }

    /**
     * Archives every month that ended longer ago than {@code keep}. What an earlier run left half-done is ended first.
     *
     * @param keep null to keep all; a removal that was begun is ended all the same
     */
    void run(Period keep, LocalDate today) {
        records.open().stream().filter(archive -> archive.state() == State.REMOVING).forEach(this::remove);
        if (keep == null) {
            return;
        }
        YearMonth month = months.first().orElse(YearMonth.from(today));
        while (!month.plusMonths(1).atDay(1).plus(keep).isAfter(today)) {
            archive(month);
            month = month.plusMonths(1);
        }
    }

    private void archive(YearMonth month) {
        List<String> holds = months.holds(month);
        if (!holds.isEmpty()) {
            LOG.warn("The usage of {} is past conduit.retention.usage and stays until the next run: {}", month,
                    String.join(", ", holds));
            return;
        }
        Sum sum = months.sum(month);
        if (sum.rows() == 0) {
            return;
        }
        Archive archive = records.open(month).orElseGet(() -> records.promise(month, files.freeName(month, records.files(month))));
        files.write(archive.file(), months, month, sum);
        Content content = files.read(archive.file());
        if (!sum.equalTo(content.rows(), content.cost())) {
            throw new IllegalStateException("The archive " + archive.file() + " holds " + content.rows() + " rows of "
                    + content.cost() + " USD and the ledger " + sum.rows() + " of " + sum.cost()
                    + "; nothing is removed");
        }
        records.written(archive, sum);
        remove(records.open(month).orElseThrow());
    }

    /** Removes what the file holds; the last look and the first removal are one transaction. */
    private void remove(Archive archive) {
        YearMonth month = archive.month();
        if (archive.state() != State.REMOVING) {
            boolean same = Boolean.TRUE.equals(transaction.execute(status -> {
                months.lock();
                if (!months.holds(month).isEmpty() || !months.sum(month).equalTo(archive.rows(), archive.cost())) {
                    return false;
                }
                records.now(archive, State.REMOVING);
                months.removeAtOnce(month);
                return true;
            }));
            if (!same) {
                LOG.warn("The usage of {} changed while it was archived; it is archived again at the next run", month);
                return;
            }
        }
        months.removeBySteps(month, archive.lastId());
        records.now(archive, State.REMOVED);
        LOG.info("The usage of {} is archived: {} rows, {} USD, in exports/archive/{}", month, archive.rows(),
                archive.cost().toPlainString(), archive.file());
    }
}
