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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        String wrong = name == null ? "is missing" : name.length() > LONGEST_NAME ? "is too long"
                : name.matches("(?s).*[/\\\\].*") ? "names a folder; only files that lie in backups/ itself can be restored"
                : !name.endsWith(END) ? "does not end in " + END
                : !NAME.matcher(name).matches() ? "is none that a backup has: letters, digits, -, _ and single dots" : null;
        if (wrong != null) {
            throw Problem.field("name", "The name" + (name == null ? "" : " \"" + shown(name) + "\"") + " " + wrong
                    + ". Name a file in backups/, such as backup-2026-11-21T033000.000Z" + END + ".").asException();
        }
        Path file = folder.resolve(name);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw unreadable("it is no folder");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.of(Kind.NOT_FOUND, "There is no backup \"" + name + "\" in backups/. GET /v1/backups lists those "
                    + "that there are.").with("field", "name").asException();
        }
        return file;
    }

    /** Keeps other processes from this folder until it is closed, and removes what a crash of one left. */
    AutoCloseable lock() {
        try {
            return locked();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private AutoCloseable locked() throws IOException {
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
            try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE), owners())) {
                writing.to(disk.apply(Channels.newOutputStream(channel)));
                channel.force(true);
            }
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
            return name;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** It holds what the database holds: nobody else reads it. */
    private FileAttribute<?>[] owners() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static ProblemException unwritable(IOException e) {
        return Problem.of(Kind.STORAGE_UNAVAILABLE, "backups/ can't be written: " + reason(e) + ". Nothing was left of the "
                + "backup. Make room, and see that backups is a folder that Conduit may write.").asException();
    }

    /** The problem of a folder, or a file in it, that can't be read. */
    static ProblemException unreadable(IOException e) {
        return unreadable(reason(e));
    }

    private static ProblemException unreadable(String reason) {
        return Problem.of(Kind.STORAGE_UNAVAILABLE, "backups/ can't be read: " + reason + ". See that backups is a folder "
                + "that Conduit may read and write.").asException();
    }

    private static String shown(String name) {
        String text = name.replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        // The message of a file system's exception begins with the path.
        return e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                ? file.getReason() : e instanceof java.nio.file.FileSystemException ? e.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
    }

    /** All backups, the newest first; those that can't be read stand last. */
    public List<Summary> list() {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
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
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
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
    void keep(int newest, String prefix) {
        List<Summary> all = list().stream().filter(backup -> backup.valid() && backup.name().startsWith(prefix + "-"))
                .toList();
        for (Summary old : all.subList(Math.min(newest, all.size()), all.size())) {
            try {
                Files.delete(folder.resolve(old.name()));
            } catch (IOException e) {
                throw Problem.of(Kind.STORAGE_UNAVAILABLE, "The new one is whole, but the old backup " + old.name()
                        + " can't be removed: " + reason(e) + ". See that Conduit may write in backups/.").asException();
            }
        }
    }
}
