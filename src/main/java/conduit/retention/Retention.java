package conduit.retention;

import conduit.claude.Spool;
import conduit.ledger.OneAtATime;
import conduit.ledger.OneAtATime.Work;
import conduit.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import javax.sql.DataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Tidies up what is past its time: usage, prompts, answers, and the folders of calls. */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final OneAtATime one;
    private final UsageArchive usage;
    private final Texts texts;
    private final Folders folders;
    private final Setting setting;
    private final Optional<Partitions> partitions;

    /**
     * Where and when.
     *
     * @param home  Conduit's folder
     * @param clock in Conduit's zone: months are its calendar's
     */
    public record Setting(Settings.Retention keep, Path home, boolean postgres, Clock clock) {
    }

    public Retention(DataSource database, TransactionTemplate transaction, Spool spool, Setting setting) {
        JdbcClient jdbc = JdbcClient.create(database);
        this.one = new OneAtATime(Work.RETENTION, setting.postgres() ? database : null);
        this.usage = new UsageArchive(setting.postgres() ? new PostgresMonths(jdbc, setting.clock().getZone())
                : new H2Months(jdbc, setting.clock().getZone()), new ArchiveRecords(jdbc, setting.clock()),
                new ArchiveFile(setting.home().resolve("exports/archive")), transaction);
        this.texts = new Texts(jdbc);
        this.folders = new Folders(spool);
        this.setting = setting;
        this.partitions = setting.postgres() ? Optional.of(new Partitions(jdbc, transaction, setting.clock()))
                : Optional.empty();
    }

    /** Makes the partitions of this month and the next. */
    public void prepare() {
        partitions.ifPresent(Partitions::prepare);
    }

    /** Does all of it once; what fails does not keep the rest from being done. */
    public void run() {
        RuntimeException[] failed = {null};
        ZonedDateTime now = ZonedDateTime.now(setting.clock());
        step(failed, this::prepare);
        boolean mine = one.run(() -> {
            step(failed, () -> usage.run(setting.keep().usage(), now.toLocalDate()));
            step(failed, () -> texts(now));
        });
        if (!mine) {
            LOG.info("Another Conduit tidies up this database now");
        }
        if (setting.keep().spool() != null) {
            step(failed, () -> folders.remove(texts.openRuns(), now.minus(setting.keep().spool()).toInstant()));
        }
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    private static void step(RuntimeException[] failed, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failed[0] = failed[0] == null ? e : failed[0];
        }
    }

    private void texts(ZonedDateTime now) {
        Period prompts = setting.keep().prompts();
        Period answers = setting.keep().answers();
        long dropped = prompts == null ? 0 : texts.dropPrompts(now.minus(prompts).toInstant());
        long gone = answers == null ? 0 : texts.dropAnswers(now.minus(answers).toInstant());
        if (dropped + gone > 0) {
            LOG.info("{} prompts and {} answers were past their time and are dropped", dropped, gone);
        }
    }
}
