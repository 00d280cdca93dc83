package conduit.retention;

import conduit.claude.Spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** The folders of calls that are over. That of a run that is open, also an unknown one, is evidence and stays. */
record Folders(Spool spool) {

    /**
     * Removes folders.
     *
     * @param open   the keys of runs that are not ended
     * @param before only what was last changed before it
     */
    void remove(Set<String> open, Instant before) {
        spool.keys().stream().filter(key -> !open.contains(key) && changedBefore(spool.of(key), before))
                .forEach(spool::remove);
    }

    private static boolean changedBefore(Path folder, Instant moment) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isBefore(moment);
        } catch (IOException e) {
            return false;
        }
    }
}
