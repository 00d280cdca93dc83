package conduit.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Tells without reading a file that those of a folder are as they were read. Not for threads at a time. */
final class FolderStamps {

    /** Two changes in one tick of the system's clock look like one: so what is new is read some times more. */
    private static final int SETTLED = 4;

    private final Path folder;
    private Map<String, Map<String, Object>> stamps = Map.of();
    private boolean whole;
    private int same;

    FolderStamps(Path folder) {
        this.folder = folder;
    }

    /** Whether all files were read and nothing has changed for some looks, of which this is one. */
    boolean isSettled() {
        Map<String, Map<String, Object>> now = look();
        same = whole && now.equals(stamps) ? same + 1 : 0;
        stamps = now;
        whole = same > SETTLED;
        return whole;
    }

    /** Notes what was read behind the last look, and put into force: a file that can't be read is to be read again. */
    void wereRead(RuleFiles files) {
        whole = stamps.keySet().stream().filter(RuleFiles::isPart).allMatch(files.texts()::containsKey);
    }

    /** Of each file when its content or its name was changed, its size, and which file it is. */
    private Map<String, Map<String, Object>> look() {
        Map<String, Map<String, Object>> now = new TreeMap<>();
        for (Path file : RuleFolder.list(folder)) {
            try {
                now.put(file.getFileName().toString(), Files.readAttributes(file, "unix:ctime,size,ino,dev"));
            } catch (IOException e) {
                // It went away.
            }
        }
        return now;
    }
}
