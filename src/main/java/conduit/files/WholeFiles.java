package conduit.files;

import conduit.json.Json;
import conduit.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells a file that is whole from one that is still being written: it has not changed for a while, no process that
 * can be seen has it open for writing, and JSON that does not parse gets more time.
 */
public final class WholeFiles {

    private static final Duration QUIET = Duration.ofMillis(400);
    /** A writer on another machine can't be seen; one that pauses for longer than this has given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Path inbox;
    private final Clock clock;
    private Set<Path> open = Set.of();
    private long looked = Long.MIN_VALUE;

    public WholeFiles(Path inbox, Clock clock) {
        this.inbox = inbox.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /** Whether a file may be taken up now; a pipe, a socket or a device never. */
    public boolean isWhole(Path file) {
        if (isDraft(file.getFileName().toString())) {
            return false;
        }
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            if (!facts.isRegularFile()) {
                return false;
            }
            long quiet = clock.millis() - facts.lastModifiedTime().toMillis();
            if (quiet >= 0 && quiet < QUIET.toMillis() || isOpen(file)) {
                return false;
            }
            return quiet < 0 || quiet >= PATIENCE.toMillis() || facts.size() > 0 && !isCutJson(file, facts.size());
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isDraft(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || lower.endsWith(".tmp") || lower.endsWith(".part") || lower.endsWith("~")
                || lower.endsWith(".crdownload") || lower.endsWith(".camellock");
    }

    private static boolean isCutJson(Path file, long size) throws IOException {
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json") || size > 4 << 20) {
            return false;
        }
        try {
            Json.object(Json.utf8(Files.readAllBytes(file)).replaceFirst("^\uFEFF", ""));
            return false;
        } catch (ProblemException e) {
            return true;
        }
    }

    private synchronized boolean isOpen(Path file) {
        long now = System.nanoTime();
        if (looked == Long.MIN_VALUE || now - looked > LOOK_EVERY.toNanos()) {
            open = openForWriting();
            looked = System.nanoTime();
        }
        return open.contains(file.toAbsolutePath().normalize());
    }

    /** The files of the inbox that any visible process writes, from /proc; empty where there is no such folder. */
    private Set<Path> openForWriting() {
        Set<Path> found = new HashSet<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .forEach(process -> collect(process, found));
        } catch (IOException e) {
            return Set.of();
        }
        return found;
    }

    private void collect(Path process, Set<Path> found) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            descriptors.forEach(descriptor -> {
                try {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (target.startsWith(inbox) && isWriting(process, descriptor)) {
                        found.add(target);
                    }
                } catch (IOException e) {
                    // The process closed it meanwhile.
                }
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            // The process ended, or is another user's.
        }
    }

    /** The last octal digit of the open flags is the access mode: 1 writes, 2 reads and writes. */
    private static boolean isWriting(Path process, Path descriptor) throws IOException {
        for (String line : Files.readAllLines(process.resolve("fdinfo").resolve(descriptor.getFileName()))) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3) != 0;
            }
        }
        return false;
    }
}
