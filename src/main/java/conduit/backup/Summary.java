package conduit.backup;

import java.time.Instant;
import java.util.Map;

/**
 * A backup file at a glance.
 *
 * @param createdAt     the instant that it shows
 * @param scope         {@code all} or {@code project}
 * @param project       the project, or null
 * @param bytes         of the file
 * @param rows          by table
 * @param formatVersion of the file
 * @param schema        the version of the tables
 * @param valid         whether header and seal can be read; the checksum is compared when it is restored
 * @param problem       what is wrong, or null
 */
public record Summary(String name, Instant createdAt, String scope, String project, long bytes, Map<String, Long> rows,
                      Integer formatVersion, String schema, boolean valid, String problem) {
}
