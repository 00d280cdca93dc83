package conduit.backup;

import conduit.backup.table.Counts;

import java.util.List;
import java.util.Map;

/**
 * What a restore did, or would do.
 *
 * @param tables what becomes of the backup's rows, by table
 */
public record Restored(String name, boolean dryRun, Summary backup, Map<String, Counts> tables) {

    private static final String LOG = "belief_log";

    /** What the numbers do not tell: of what the bandit learnt, and the backup holds, or should. */
    public List<String> notes() {
        if (backup.project() != null) {
            return List.of("A backup of one project holds nothing of what the bandit learnt: that is of all projects.");
        }
        if (!backup.rows().containsKey(LOG)) {
            return List.of("It is of an older Conduit, which kept no log of what the bandit learnt: feedback is restored, "
                    + "but teaches nothing. To bring that along, start the newer Conduit on the old database and back that up.");
        }
        long left = tables.get(LOG).kept();
        return left == 0 ? List.of() : List.of("The bandit here has learnt already, and goes on with that. What it had "
                + "learnt where the backup was made (" + left + " lines of " + LOG + ") is left out: two logs can't be "
                + "merged into one.");
    }
}
