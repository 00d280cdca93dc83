package conduit.files;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;
import conduit.problem.Problem;
import conduit.request.StableHash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes answers and failures, and takes the request's file away last: a crash at any point leaves either the file,
 * which is then answered again under the same name, or the whole answer. Names come from the inbox's listing only.
 *
 * @param outbox where answers go
 * @param failed where originals go that could not be answered
 */
public record Outbox(Path outbox, Path failed) {

    private static final int MOST_NAME = 200;
    private static final int MOST_SUFFIX = 20;

    /** Writes NAME.md (the text) and then NAME.json (the whole answer). */
    public synchronized void answer(InboxFile file, String text, String json) throws IOException {
        Path folder = Files.createDirectories(outbox.resolve(file.folder()));
        String content = Json.pretty(Json.tree(json));
        String name = free(folder, fitting(file.name()), ".json", content, ".md", text);
        write(folder.resolve(name + ".md"), text);
        write(folder.resolve(name + ".json"), content);
        if (file.isUnchanged()) {
            Files.deleteIfExists(file.path());
        }
    }

    /** Writes NAME.error.json and then moves the original beside it. */
    public synchronized void fail(InboxFile file, Problem problem) throws IOException {
        Path folder = Files.createDirectories(failed.resolve(file.folder()));
        String content = Json.pretty(problem.toMap());
        String suffix = file.suffix().length() > MOST_SUFFIX ? "" : file.suffix();
        String name = free(folder, fitting(file.name()), ".error.json", content, suffix, null);
        write(folder.resolve(name + ".error.json"), content);
        if (file.isUnchanged()) {
            Files.move(file.path(), folder.resolve(name + suffix), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The name, cut where it leaves no room for a suffix and a number: file systems allow 255 bytes in all. */
    private static String fitting(String name) {
        String fitting = name;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > MOST_NAME) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting;
    }

    /**
     * The first of NAME, NAME-2, NAME-3 … of which neither file exists with other content: what a crash left of the same
     * run's answer, or of the same request's problem, is written anew. The second content null means that the file must
     * not exist.
     */
    private static String free(Path folder, String name, String one, String content, String two, String other)
            throws IOException {
        String free = name;
        for (int n = 2; isOthers(folder.resolve(free + one), content) || isTaken(folder.resolve(free + two), other); n++) {
            free = name + "-" + n;
        }
        return free;
    }

    private static boolean isTaken(Path path, String content) throws IOException {
        return Files.exists(path) && (content == null || !content.equals(Files.readString(path)));
    }

    /** A run that is booked from its own output after a crash has another latency than it had in the answer that was written. */
    private static boolean isOthers(Path path, String content) throws IOException {
        if (!isTaken(path, content)) {
            return false;
        }
        try {
            JsonNode there = Json.tree(Files.readString(path));
            JsonNode mine = Json.tree(content);
            boolean sameAnswer = mine.has("createdAt") && mine.path("createdAt").equals(there.path("createdAt"))
                    && mine.path("id").equals(there.path("id"));
            boolean sameProblem = mine.has("requestId") && mine.path("requestId").equals(there.path("requestId"));
            return !sameAnswer && !sameProblem;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private static void write(Path file, String content) throws IOException {
        Path draft = file.resolveSibling("." + Long.toHexString(StableHash.of(file.getFileName().toString())) + ".tmp");
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
