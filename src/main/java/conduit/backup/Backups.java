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

import java.io.IOException;
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
    private volatile String missed;

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
        Summary made = alone("backup", project == null ? "of all projects" : "of " + project, () -> write(ASKED, project));
        if (project == null) {
            missed = null;
        }
        return made;
    }

    /** Makes one of all projects and removes the oldest scheduled ones. Where that fails, it is told, not thrown. */
    public void scheduled() {
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            alone("backup", "of all projects", () -> {
                Summary made = write(SCHEDULED, null);
                if (keep > 0) {
                    folder.keep(keep, SCHEDULED);
                }
                return made;
            });
            missed = null;
        } catch (ProblemException e) {
            missed(at, e.problem().detail(), null);
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            missed(at, String.valueOf(root.getMessage()).lines().findFirst().orElse("") + ".", e);
        }
    }

    private void missed(Instant at, String why, Throwable thrown) {
        missed = "The scheduled backup of " + at + " failed: " + why + " When that is mended, make one with backup create or "
                + "POST /v1/backups";
        LOG.error(missed, thrown);
    }

    /** What is wrong with the scheduled backups: a failure is told until one of all projects is made again. */
    public List<String> faults() {
        String told = missed;
        return told == null ? List.of() : List.of(told);
    }

    /** Seconds since the newest backup of all projects, NaN where there is none. */
    public double age() {
        try {
            return list().stream().filter(backup -> backup.valid() && backup.project() == null).findFirst()
                    .map(backup -> Duration.between(backup.createdAt(), clock.instant()).toMillis() / 1000.0).orElse(Double.NaN);
        } catch (ProblemException e) {
            return Double.NaN;
        }
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
                    + "at a time. Try again when it is done.").retryAfter(RETRY).asException();
        }
        try (AutoCloseable lock = folder.lock()) {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw BackupFolder.unreadable(e);
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
