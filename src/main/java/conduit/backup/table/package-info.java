/**
 * The tables of a backup: which they are, how they are read at one instant, and how rows that come back are merged into
 * what is there. Columns are taken from the database, so that a later migration's are carried, too.
 *
 * <p>A restore puts all rows into temporary tables, marks each as added, replaced, kept or same, and moves them in one
 * transaction while nobody else writes. What counts is the run: its reservation, its decision and its usage come
 * together or not at all, so that spending stays the sum of usage, and what is reserved the sum of what is held.
 */
package conduit.backup.table;
