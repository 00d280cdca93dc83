/**
 * Decision tables, as CSV or as a workbook. A file becomes a {@link conduit.rules.form.table.Sheet} of cells; Drools puts
 * placeholders for the cells into the snippets above them; the cells' texts go in last, so that none can end the text
 * around it.
 */
package conduit.rules.form.table;
