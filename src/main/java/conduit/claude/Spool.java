package conduit.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders of calls: one a run, with its input, its output and the CLI's private HOME and TMPDIR. A process that was
 * started before its call is known has a folder of its own, whose name begins with {@code .spare-}; where it works for a
 * call, output and errors in that one's folder are links to its.
 *
 * @param folder holds them all
 */
public record Spool(Path folder) {

    private static final String SPARE = ".spare-";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The folder of one call, by the run's key. */
    public Path of(String key) {
        return folder.resolve(key).toAbsolutePath().normalize();
    }

    static Path input(Path call) {
        return call.resolve("stdin");
    }

    public static Path output(Path call) {
        return call.resolve("stdout");
    }

    public static Path errors(Path call) {
        return call.resolve("stderr");
    }

    /** The file of a call's system prompt. */
    public static Path system(Path call) {
        return call.resolve("system");
    }

    /** Makes a call's folder, readable by nobody else, with what the CLI reads there. */
    public static void create(Path call, String prompt, String system) throws IOException {
        Files.createDirectories(call.getParent());
        Files.createDirectory(call, PRIVATE);
        Files.createDirectory(call.resolve("home"));
        Files.createDirectory(call.resolve("tmp"));
        Files.writeString(input(call), prompt);
        if (!system.isEmpty()) {
            Files.writeString(system(call), system);
        }
    }

    /** Notes on the disk itself, so that a power cut can't undo it, that a process may start from now on. */
    static void markStarted(Path call) throws IOException {
        Files.newOutputStream(output(call)).close();
        force(call);
        force(call.getParent());
    }

    /** Makes the folder of a process that waits for its call, readable by nobody else. */
    Path createSpare() throws IOException {
        Files.createDirectories(folder);
        Path spare = Files.createTempDirectory(folder.toAbsolutePath().normalize(), SPARE, PRIVATE);
        Files.createDirectory(spare.resolve("home"));
        Files.createDirectory(spare.resolve("tmp"));
        return spare;
    }

    /** Notes, as {@link #markStarted} does, that a process which runs in another folder works for a call from now on. */
    static void lead(Path call, Path spare) throws IOException {
        Files.createSymbolicLink(errors(call), call.relativize(errors(spare)));
        Files.createSymbolicLink(output(call), call.relativize(output(spare)));
        force(call);
        force(call.getParent());
    }

    /** Undoes {@link #lead} where the process was not given its prompt. */
    static void unlead(Path call) throws IOException {
        Files.deleteIfExists(output(call));
        Files.deleteIfExists(errors(call));
    }

    /** The folder in which a call's process runs: its own, or that of a process which was started before. */
    private static Path runs(Path call) throws IOException {
        return Files.exists(output(call)) ? output(call).toRealPath().getParent() : call.toRealPath();
    }

    /**
     * Ends processes that waited for a call of an earlier Conduit, and removes their folders. Those that work for a call
     * are left alone.
     */
    void removeSpares() {
        Set<Path> taken = new HashSet<>();
        for (String key : keys()) {
            try {
                taken.add(runs(of(key)));
            } catch (IOException e) {
                // It has no folder any more.
            }
        }
        try (Stream<Path> spares = Files.list(folder)) {
            for (Path spare : spares.filter(Spool::isSpare).toList()) {
                if (!taken.contains(spare.toRealPath())) {
                    processIn(spare.toRealPath()).ifPresent(ProcessGroup::kill);
                    removeAll(spare);
                }
            }
        } catch (IOException e) {
            // They stay for the next start.
        }
    }

    /** Removes the folder of a process that is gone, unless a call's folder leads to it. */
    void removeSpare(Path spare, Path call) {
        if (call == null || !Files.exists(call)) {
            removeAll(spare);
        }
    }

    private static boolean isSpare(Path path) {
        return path.getFileName().toString().startsWith(SPARE);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether this run has a folder. */
    boolean has(String key) {
        return Files.isDirectory(of(key));
    }

    /** Whether a process was, or was about to be, started for this run. */
    public boolean wasStarted(String key) {
        return isStarted(of(key));
    }

    /** The same by the call's folder. A link that leads nowhere any more is a trace, too: that the call was free is not known. */
    public static boolean isStarted(Path call) {
        return Files.exists(output(call), LinkOption.NOFOLLOW_LINKS);
    }

    /** The process that runs in this call's folder, if it lives. */
    public Optional<ProcessHandle> processOf(String key) {
        try {
            return processIn(runs(of(key)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> processIn(Path folder) {
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).equals(folder);
            } catch (IOException | SecurityException e) {
                return false;
            }
        }).findFirst();
    }

    /** Removes a call's folder; what can't be removed stays for the next start. */
    public void remove(String key) {
        Path call = of(key);
        Path runs = null;
        try {
            runs = runs(call);
        } catch (IOException e) {
            // There is nothing to remove, or it is removed as far as it goes.
        }
        removeAll(call);
        if (runs != null && isSpare(runs)) {
            removeAll(runs);
        }
    }

    private static void removeAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A grandchild of the CLI may still write there.
        }
    }

    /** The keys of all calls that have a folder. */
    public List<String> keys() {
        try (Stream<Path> calls = Files.list(folder)) {
            return calls.filter(call -> !isSpare(call)).map(call -> call.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
