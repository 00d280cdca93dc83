package conduit.backup;

import conduit.backup.file.BackupReader;
import conduit.backup.file.BackupWriter;
import conduit.backup.file.BadFile;
import conduit.backup.file.Header;
import conduit.backup.table.Counts;
import conduit.backup.table.Snapshot;
import conduit.backup.table.Tables;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes, lists and restores backups, one at a time. */
public final class Backups {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final String ASKED = "backup";
    private static final String SCHEDULED = "scheduled";

    private final BackupFolder folder;
    private final Tables tables;
    private final int keep;
    private final Clock clock;
    private final Progress progress = new Progress();

    /** @param keep how many scheduled backups stay; 0 for all */
    public Backups(BackupFolder folder, Tables tables, int keep, Clock clock) {
        this.folder = folder;
        this.tables = tables;
        this.keep = keep;
        this.clock = clock;
    }

    public List<Summary> list() {
        return folder.list();
    }

    /** What runs, or null. */
    public Progress.State state() {
        return progress.state();
    }

    /**
     * Makes one.
     *
     * @param project the only project in it, or null for all
     * @throws ProblemException if something else runs, there is no such project or no room
     */
    public Summary create(String project) {
        return alone("backup", project == null ? "of all projects" : "of " + project, () -> write(ASKED, project));
    }

    /** Makes one of all projects and removes the oldest scheduled ones. */
    public Summary scheduled() {
        return alone("backup", "of all projects", () -> {
            Summary made = write(SCHEDULED, null);
            if (keep > 0) {
                folder.keep(keep, SCHEDULED);
            }
            return made;
        });
    }

    private Summary write(String prefix, String project) throws Exception {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long began = System.nanoTime();
        String name = folder.write(prefix, at, project, out -> {
            try (Snapshot snapshot = tables.snapshot(project)) {
                progress.total(snapshot.rows());
                BackupWriter writer = new BackupWriter(out, new Header(Header.VERSION, at, project, snapshot.version()));
                snapshot.write(writer, progress::rows);
                writer.finish();
            }
        });
        Summary made = folder.summary(folder.find(name));
        LOG.info("The backup {} is made: {} rows, {} bytes, {} s", name, total(made.rows()), made.bytes(), since(began));
        return made;
    }

    /**
     * Merges one into what is there: all of it or nothing.
     *
     * @param name of a file in the folder
     * @param dry  only tells what would be done
     * @throws ProblemException if something else runs, or the file is not there, not whole or does not fit
     */
    public Restored restore(String name, boolean dry) {
        Path file = folder.find(name);
        return alone("restore", name, () -> {
            long began = System.nanoTime();
            try {
                BackupReader reader = new BackupReader(file);
                reader.verify();
                progress.total(total(reader.rows()));
                Map<String, Counts> counts = tables.restore(reader, dry, progress::rows);
                LOG.info("The backup {} is {}: {} s", name, dry ? "tried, nothing was changed" : "restored", since(began));
                return new Restored(name, dry, folder.summary(file), counts);
            } catch (BadFile e) {
                throw Problem.of(Kind.BAD_BACKUP, "The backup " + name + " " + e.getMessage() + ".").asException();
            }
        });
    }

    private static long total(Map<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String since(long began) {
        return String.valueOf(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }

    private <T> T alone(String work, String name, Callable<T> task) {
        if (!progress.begin(work, name)) {
            Progress.State state = progress.state();
            throw Problem.of(Kind.SATURATED, "A " + (state == null ? "backup or restore" : state.work()) + " runs; one runs "
                    + "at a time. Try again when GET /v1/backups tells of no work.").retryAfter(RETRY).asException();
        }
        try (AutoCloseable lock = folder.lock()) {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException("The " + work + " " + name + " failed; nothing was changed", e);
        } finally {
            progress.end();
        }
    }
}
