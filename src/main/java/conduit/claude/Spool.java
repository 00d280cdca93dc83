package conduit.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of calls: one a run, with its input, its output and the CLI's private HOME and TMPDIR.
 *
 * @param folder holds them all
 */
public record Spool(Path folder) {

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
        Files.createDirectory(call, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
        return Files.exists(output(of(key)));
    }

    /** The process that runs in this call's folder, if it lives. */
    public Optional<ProcessHandle> processOf(String key) {
        Path call = of(key);
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).equals(call);
            } catch (IOException | SecurityException e) {
                return false;
            }
        }).findFirst();
    }

    /** Removes a call's folder; what can't be removed stays for the next start. */
    public void remove(String key) {
        try (Stream<Path> files = Files.walk(of(key))) {
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
            return calls.map(call -> call.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
