package conduit.backup.file;

import java.util.List;

/** A table as it stands in a file. */
public record Sheet(String table, List<Column> columns) {

    public Sheet {
        columns = List.copyOf(columns);
    }

    public record Column(String name, Kind kind) {
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
