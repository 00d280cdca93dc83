package conduit.backup.table;

import conduit.json.Json;
import conduit.ledger.Ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Moves marked rows to where they belong, within the caller's transaction. */
record Merge(Sql sql, Stage stage, boolean h2) {

    /** Where the numbers of usage rows go on. */
    void raiseNumbers() throws SQLException {
        long clashes = sql.number("select count(*) from restore_usage_tracking s join usage_tracking l on l.id = s.id");
        long next = Math.max(next(), sql.number("select max(id) from restore_usage_tracking") + 1) + clashes;
        if (h2) {
            sql.run("alter table usage_tracking alter column id restart with " + next);
        } else {
            sql.number("select setval(pg_get_serial_sequence('usage_tracking', 'id'), " + next + ", false)");
        }
    }

    /** The number of the next usage row; those below it are given or were skipped. */
    private long next() throws SQLException {
        return h2 ? sql.number("select identity_base from information_schema.columns where table_name = 'usage_tracking' "
                + "and column_name = 'id'")
                : sql.number("select nextval(pg_get_serial_sequence('usage_tracking', 'id'))");
    }

    /** Rows whose number is another row's here get one above all others. */
    private void renumber() throws SQLException {
        sql.run("delete from restore_ids");
        sql.run("insert into restore_ids (id, new_id) select s.id, cast(? as bigint) - row_number() over (order by s.id desc) "
                + "from restore_usage_tracking s where s.mark = 'added' and exists "
                + "(select 1 from usage_tracking l where l.id = s.id)", next());
    }

    void move(Map<String, Counts> counts, Plan plan) throws SQLException {
        plan.removeRules();
        renumber();
        boolean fresh = sql.number("select count(*) from (select 1 from usage_tracking limit 1) x") == 0;
        for (Content content : Content.ALL) {
            if (!content.summed() && counts.get(content.table()).replaced() > 0) {
                replace(content);
            }
            if (!content.summed() && counts.get(content.table()).added() > 0) {
                add(content, fresh);
            }
        }
        new Sums(sql).apply();
    }

    private void replace(Content content) throws SQLException {
        List<String> columns = stage.sheet(content).names().stream().filter(c -> !content.key().contains(c)).toList();
        sql.run("update " + content.table() + " l set (" + String.join(", ", columns) + ") = (select "
                + columns.stream().map(c -> "s." + c).collect(Collectors.joining(", ")) + " from " + content.stage()
                + " s where " + content.sameKey("s", "l") + ") where exists (select 1 from " + content.stage() + " s where "
                + content.sameKey("s", "l") + " and s.mark = 'replaced')");
    }

    private void add(Content content, boolean fresh) throws SQLException {
        List<String> columns = stage.sheet(content).names();
        String values = columns.stream().map(column -> value(content, column, fresh)).collect(Collectors.joining(", "));
        String numbered = switch (content.table()) {
            case "usage_tracking" -> " left join restore_ids i on i.id = s.id";
            case "export_queue" -> " left join restore_ids i on i.id = s.usage_id";
            default -> "";
        };
        sql.run("insert into " + content.table() + " (" + String.join(", ", columns) + ") select " + values + " from "
                + content.stage() + " s" + numbered + " where s.mark = 'added'");
    }

    private static String value(Content content, String column, boolean fresh) {
        if (content.table().equals("usage_tracking") && column.equals("id")
                || content.table().equals("export_queue") && column.equals("usage_id")) {
            return "coalesce(i.new_id, s." + column + ")";
        }
        // A file that was promised may be written here with other rows: a new name takes nothing away.
        return content.table().equals("export_queue") && column.equals("file") && !fresh ? "null" : "s." + column;
    }

    /**
     * Flags this Conduit's own open runs that came with the backup: its recovery would take them for such as never
     * started. One that it still has the output of is left to it.
     */
    void flagOwn(String node, BiPredicate<String, Integer> hasOutput) throws SQLException {
        try (PreparedStatement open = sql.statement("select s.request_id, s.run from restore_reservations s "
                + "join requests q on q.id = s.request_id and q.run = s.run where s.mark = 'added' and s.state = 'held' "
                + "and q.state = 'accepted' and q.node = ?", node); ResultSet row = open.executeQuery()) {
            while (row.next()) {
                String id = row.getString(1);
                int run = row.getInt(2);
                if (!hasOutput.test(id, run)) {
                    sql.run("update reservations set state = 'unknown' where request_id = ? and run = ?", id, run);
                    sql.run("update requests set state = 'unknown', problem = ? where id = ?",
                            Json.write(Ledger.unknown(id).toMap()), id);
                }
            }
        }
    }
}
