package conduit.claude;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the CLI notes of itself in a new home. Each call has a home of its own; with the notes of the first one in it no
 * later call is a first start, which takes the CLI a tenth longer. They are kept in memory, until Conduit stops.
 */
public final class HomeFile {

    private static final String NAME = "home/.claude.json";
    private static final int LARGEST = 64 * 1024;
    /** What would tell one call of another, or of its account. */
    private static final List<String> OF_CALLS = List.of("projects", "history", "customApiKeyResponses", "oauthAccount");

    private final AtomicReference<String> notes = new AtomicReference<>();

    /** Puts the notes into a call's home, if there are any yet. */
    void into(Path folder) throws IOException {
        if (notes.get() != null) {
            Files.writeString(folder.resolve(NAME), notes.get());
        }
    }

    /** Takes the notes from the home of a call that went well, if there are none yet. */
    void from(Path folder) {
        if (notes.get() != null) {
            return;
        }
        try {
            Path file = folder.resolve(NAME);
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                ObjectNode all = Json.object(Files.readString(file));
                all.remove(OF_CALLS);
                notes.compareAndSet(null, Json.write(all));
            }
        } catch (IOException | ProblemException e) {
            // Then the next call is a first start, too.
        }
    }
}
