/**
 * Regular expressions that take time linear in the text, so that neither a stranger's text nor an author's expression
 * can hold a thread: Java's syntax is read here, bounded, and run by RE2/J under a deadline.
 */
package conduit.expression;
