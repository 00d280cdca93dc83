package conduit.backup.table;

/**
 * What becomes of a backup's rows in one table.
 *
 * @param added    were not there; of sums: their key was not
 * @param replaced stand in place of what was there; of sums: something was added to them
 * @param kept     gave way to what is there
 * @param same     were there already
 * @param removed  rows that were there and are in no project of the backup any more: rules only
 */
public record Counts(long added, long replaced, long kept, long same, long removed) {
}
