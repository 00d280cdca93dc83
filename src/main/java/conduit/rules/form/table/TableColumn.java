package conduit.rules.form.table;

/**
 * A column of a table.
 *
 * @param index   from 0
 * @param object  of a condition: what the row of objects says, such as "Request" or "not Request()"; else empty
 * @param snippet the text with markers into which cells are put; empty where the kind has none
 */
record TableColumn(int index, ColumnKind kind, String object, String snippet) {
}
