package conduit.backup;

import conduit.backup.table.Counts;

import java.util.Map;

/**
 * What a restore did, or would do.
 *
 * @param tables what becomes of the backup's rows, by table
 */
public record Restored(String name, boolean dryRun, Summary backup, Map<String, Counts> tables) {
}
