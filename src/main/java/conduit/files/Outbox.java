package conduit.files;

import conduit.json.Json;
import conduit.problem.Problem;

import java.io.IOException;
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

    /** Writes NAME.md (the text) and then NAME.json (the whole answer). */
    public void answer(InboxFile file, String text, String json) throws IOException {
        Path folder = Files.createDirectories(outbox.resolve(file.folder()));
        String content = Json.pretty(Json.tree(json));
        String name = free(folder, file.name(), ".json", content, ".md", text);
        write(folder.resolve(name + ".md"), text);
        write(folder.resolve(name + ".json"), content);
        if (file.isUnchanged()) {
            Files.deleteIfExists(file.path());
        }
    }

    /** Writes NAME.error.json and then moves the original beside it. */
    public void fail(InboxFile file, Problem problem) throws IOException {
        Path folder = Files.createDirectories(failed.resolve(file.folder()));
        String content = Json.pretty(problem.toMap());
        String name = free(folder, file.name(), ".error.json", content, file.suffix(), null);
        write(folder.resolve(name + ".error.json"), content);
        if (file.isUnchanged()) {
            Files.move(file.path(), folder.resolve(name + file.suffix()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * The first of NAME, NAME-2, NAME-3 … of which neither file exists with other content; the second content null
     * means that the file must not exist.
     */
    private static String free(Path folder, String name, String one, String content, String two, String other)
            throws IOException {
        String free = name;
        for (int n = 2; isTaken(folder.resolve(free + one), content) || isTaken(folder.resolve(free + two), other); n++) {
            free = name + "-" + n;
        }
        return free;
    }

    private static boolean isTaken(Path path, String content) throws IOException {
        return Files.exists(path) && (content == null || !content.equals(Files.readString(path)));
    }

    private static void write(Path file, String content) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
