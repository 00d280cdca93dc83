/**
 * What is kept for how long. A month of usage that is past its time is written to a file, the file is read back and
 * compared, and only then are its rows removed; each step is on record in {@code usage_archives}, so that a run that
 * is killed anywhere is taken up by the next. What is not exported or not settled holds its month. The sums by day,
 * spending and decisions stay for ever, so reports and limits never change.
 *
 * <p>On PostgreSQL a month is a partition, which {@link conduit.retention.Partitions} makes ahead.
 */
package conduit.retention;
