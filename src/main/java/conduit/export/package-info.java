/**
 * Usage as files. Each usage row waits in {@code export_queue} once for each kind of file; an export promises what
 * waits to a file, writes it under a temporary name, renames it and takes the rows off the queue. A crash between
 * leaves a promise, and the next export writes that same file again, so that no row is missed or told twice.
 */
package conduit.export;
