/**
 * The form of a backup file: three gzip members, so that {@code zcat} shows all of it as lines of JSON. The first holds
 * the header, and each table's columns and rows; the second how many rows there are; the third, of a fixed length, is
 * the {@link conduit.backup.file.Seal}: the SHA-256 of every byte before it. Nothing here knows a database.
 */
package conduit.backup.file;
