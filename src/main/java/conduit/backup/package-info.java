/**
 * Backups: one file with all projects, or one, as they were at one instant, and the way back. A file stands in
 * {@code backups/}; {@link conduit.backup.file} knows its form, {@link conduit.backup.table} the tables, and
 * {@link conduit.backup.Backups} brings the two together, one at a time.
 */
package conduit.backup;
