package conduit.backup;

import conduit.backup.file.BackupReader;
import conduit.backup.file.BadFile;
import conduit.backup.file.Header;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder {@code backups/}. A file is there whole or not at all. */
public final class BackupFolder {

    private static final String END = ".jsonl.gz";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*\\.jsonl\\.gz");
    private static final int LONGEST_NAME = 200;
    private static final String DRAFT_END = ".tmp";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final UnaryOperator<OutputStream> disk;

    public BackupFolder(Path folder) {
        this(folder, out -> out);
    }

    /** @param disk stands before the file; for tests of one that is full */
    BackupFolder(Path folder, UnaryOperator<OutputStream> disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Writes one backup. */
    @FunctionalInterface
    interface Writing {

        void to(OutputStream out) throws Exception;
    }

    /**
     * The file of a name that somebody sent.
     *
     * @throws ProblemException if it is no file's name, or there is no such backup
     */
    Path find(String name) {
        if (name == null || name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw Problem.field("name", "name must be the name of a file in backups/, such as "
                    + "backup-2026-11-21T033000.000Z" + END + ", without a folder.").asException();
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.of(Kind.NOT_FOUND, "There is no backup \"" + name + "\" in backups/. GET /v1/backups lists those "
                    + "that there are.").with("field", "name").asException();
        }
        return file;
    }

    /** Keeps other processes from this folder until it is closed, and removes what a crash of one left. */
    AutoCloseable lock() throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw Problem.of(Kind.SATURATED, "Another process makes a backup in backups/, or restores one. Try again when "
                    + "it is done.").retryAfter(java.time.Duration.ofSeconds(5)).asException();
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("\\..*\\" + DRAFT_END)).toList()) {
                Files.delete(file);
            }
        }
        return channel;
    }

    /** Writes a file under a name that begins with a dot, puts it on disk, and gives it its own name; returns that. */
    String write(String prefix, Instant at, String project, Writing writing) throws Exception {
        String stem = prefix + "-" + MOMENT.format(at) + (project == null ? ""
                : "-" + project.replaceAll("[^A-Za-z0-9_-]", "_"));
        String name = stem + END;
        for (int i = 2; Files.exists(folder.resolve(name)); i++) {
            name = stem + "-" + i + END;
        }
        Path draft = folder.resolve("." + name + DRAFT_END);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writing.to(disk.apply(Channels.newOutputStream(channel)));
                channel.force(true);
            }
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
            return name;
        } catch (IOException e) {
            throw Problem.of(Kind.INTERNAL, "The backup can't be written to backups/ (" + reason(e) + "), and nothing was "
                    + "left of it. Make room, and see that the folder is writable.").asException();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String reason(IOException e) {
        // The message of a file system's exception begins with the path.
        return e instanceof java.nio.file.FileSystemException file ? String.valueOf(file.getReason())
                : String.valueOf(e.getMessage());
    }

    /** All backups, the newest first; those that can't be read stand last. */
    List<Summary> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(this::summary)
                    .sorted(Comparator.comparing(Summary::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                            .thenComparing(Summary::name).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Summary summary(Path file) {
        String name = file.getFileName().toString();
        long bytes = 0;
        try {
            bytes = Files.size(file);
            BackupReader reader = new BackupReader(file);
            Header header = reader.header();
            return new Summary(name, header.createdAt(), header.project() == null ? "all" : "project", header.project(),
                    bytes, reader.rows(), header.version(), header.schema(), true, null);
        } catch (BadFile e) {
            return new Summary(name, null, null, null, bytes, Map.of(), null, null, false, "It " + e.getMessage() + ".");
        } catch (IOException e) {
            return new Summary(name, null, null, null, bytes, Map.of(), null, null, false, "It can't be read.");
        }
    }

    /** Removes the oldest whole backups of a prefix, but for the newest ones. */
    void keep(int newest, String prefix) throws IOException {
        List<Summary> all = list().stream().filter(backup -> backup.valid() && backup.name().startsWith(prefix + "-"))
                .toList();
        for (Summary old : all.subList(Math.min(newest, all.size()), all.size())) {
            Files.delete(folder.resolve(old.name()));
        }
    }
}
