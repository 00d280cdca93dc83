package conduit.backup.table;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Marks each row of a backup as added, replaced, kept or same, by what is there. */
record Plan(Sql sql, Stage stage) {

    private static final String GONE = " from routing_rules l where l.project_id in (select p.id from restore_projects p) "
            + "and not exists (select 1 from restore_routing_rules s where s.project_id = l.project_id and s.id = l.id)";

    /** Marks all rows and says what becomes of them, by table. */
    Map<String, Counts> make() throws SQLException {
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (Content content : Content.ALL) {
            if (!content.summed()) {
                sql.run(mark(content));
            }
        }
        new Sums(sql).prepare();
        for (Content content : Content.ALL) {
            long gone = content.table().equals("routing_rules") ? sql.number("select count(*)" + GONE) : 0;
            counts.put(content.table(), count(content, gone));
        }
        return counts;
    }

    private String mark(Content content) {
        String same = stage.sheet(content).names().stream()
                .filter(column -> !content.key().contains(column) && !(content.table().equals("usage_tracking")
                        && column.equals("id")))
                .map(column -> "l." + column + " is not distinct from s." + column)
                .collect(Collectors.joining(" and "));
        return "update " + content.stage() + " s set mark = coalesce((select case when " + (same.isEmpty() ? "true" : same)
                + " then 'same' when " + content.newer() + " then 'replaced' else 'kept' end from " + content.table()
                + " l where " + content.sameKey("l", "s") + content.also() + "), " + content.absent() + ")";
    }

    private Counts count(Content content, long gone) throws SQLException {
        Map<String, Long> by = new LinkedHashMap<>();
        try (PreparedStatement statement = sql.statement("select mark, count(*) from " + content.stage()
                + " group by mark"); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                by.put(row.getString(1), row.getLong(2));
            }
        }
        return new Counts(by.getOrDefault("added", 0L), by.getOrDefault("replaced", 0L), by.getOrDefault("kept", 0L),
                by.getOrDefault("same", 0L), gone);
    }

    /** A project's rules become as in the backup: those that it has not go. */
    void removeRules() throws SQLException {
        sql.run("delete" + GONE);
    }
}
