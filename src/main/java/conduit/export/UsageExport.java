package conduit.export;

import conduit.ledger.OneAtATime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the files of one kind for every period that has ended. */
public final class UsageExport {

    private static final Logger LOG = LoggerFactory.getLogger(UsageExport.class);

    private final JdbcClient jdbc;
    private final Path folder;
    private final Clock clock;
    private final OneAtATime one;

    /**
     * Exports into a folder.
     *
     * @param clock in Conduit's zone: days and hours are its calendar's
     * @param one   of the Conduits that share the database: else each would write what another has promised, and take off
     *              the queue what another promised to a file of the same name and has not written
     */
    public UsageExport(JdbcClient jdbc, Path folder, Clock clock, OneAtATime one) {
        this.one = one;
        this.jdbc = jdbc;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Exports all that waits, unless another Conduit does.
     *
     * @param key daily or hourly
     * @return the files written
     */
    public synchronized List<String> export(String key) {
        List<String> files = new ArrayList<>();
        if (!one.run(() -> files.addAll(export(ExportKind.of(key))))) {
            LOG.info("Another Conduit exports the usage of this database now");
        }
        return files;
    }

    private List<String> export(ExportKind kind) {
        promise(kind);
        List<String> files = jdbc.sql("select distinct file from export_queue where kind = ? and file is not null "
                + "order by file").param(kind.key()).query(String.class).list();
        for (String file : files) {
            long rows = write(kind, file);
            jdbc.sql("delete from export_queue where kind = ? and file = ?").params(kind.key(), file).update();
            LOG.info("Exported {} usage rows to {}", rows, file);
        }
        return files;
    }

    /** The files that are there, the newest first. */
    public List<Map<String, Object>> written() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("usage-"))
                    .sorted(Comparator.reverseOrder()).map(file -> Map.<String, Object>of(
                            "name", file.getFileName().toString(), "bytes", file.toFile().length(),
                            "writtenAt", Instant.ofEpochMilli(file.toFile().lastModified()))).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Promises each waiting row of an ended period to that period's file; one that is written already stays so. */
    private void promise(ExportKind kind) {
        ZonedDateTime now = kind.startOf(ZonedDateTime.now(clock));
        while (true) {
            Timestamp oldest = jdbc.sql("select min(created_at) from export_queue where kind = ? and file is null "
                    + "and created_at < ?").params(kind.key(), now.toInstant().atOffset(ZoneOffset.UTC))
                    .query(Timestamp.class).optional().orElse(null);
            if (oldest == null) {
                return;
            }
            ZonedDateTime start = kind.startOf(oldest.toInstant().atZone(clock.getZone()));
            ZonedDateTime end = kind.endOf(start);
            jdbc.sql("update export_queue set file = ? where kind = ? and file is null and created_at < ?")
                    .params(free(kind.file(start)), kind.key(), end.toInstant().atOffset(ZoneOffset.UTC)).update();
        }
    }

    /** The name itself, or with -2, -3 … where that file is written already: a late row goes into a further file. */
    private String free(String name) {
        int dot = name.lastIndexOf('.');
        String free = name;
        for (int n = 2; Files.exists(folder.resolve(free)); n++) {
            free = name.substring(0, dot) + "-" + n + name.substring(dot);
        }
        return free;
    }

    private long write(ExportKind kind, String file) {
        Path draft = folder.resolve("." + file + ".tmp");
        long[] rows = {0};
        try {
            Files.createDirectories(folder);
            try (BufferedWriter out = Files.newBufferedWriter(draft)) {
                if (kind == ExportKind.DAILY) {
                    out.write(UsageLine.header() + "\n");
                }
                jdbc.sql("select u.* from export_queue q join usage_tracking u on u.id = q.usage_id "
                        + "and u.booked_on = q.booked_on "
                        + "where q.kind = ? and q.file = ? order by u.id").params(kind.key(), file).query(row -> {
                            rows[0]++;
                            append(out, kind == ExportKind.DAILY ? UsageLine.csv(row)
                                    : UsageLine.json(row));
                        });
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return rows[0];
        } catch (IOException e) {
            throw new UncheckedIOException("The export " + file + " can't be written; its rows wait for the next try",
                    e);
        }
    }

    private static void append(BufferedWriter out, String line) {
        try {
            out.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
