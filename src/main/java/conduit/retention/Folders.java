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
     * @param open   the ids and numbers of runs that are not ended, with a tilde between
     * @param before only what was last changed before it
     */
    void remove(Set<String> open, Instant before) {
        spool.keys().stream().filter(key -> !open.contains(runOf(key)) && changedBefore(spool.of(key), before))
                .forEach(spool::remove);
    }

    /** Of its first attempt: the key of a further one has another tilde. */
    private static String runOf(String key) {
        int second = key.indexOf('~', key.indexOf('~') + 1);
        return second < 0 ? key : key.substring(0, second);
    }

    private static boolean changedBefore(Path folder, Instant moment) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isBefore(moment);
        } catch (IOException e) {
            return false;
        }
    }
}
