package conduit.backup.table;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps {@code spending} and {@code usage_daily} what they would be if all had happened here: they grow by what is added.
 * Where a key is not there, they grow by what the backup's sum has beyond its own rows, too: that is usage which was
 * archived before the backup was made.
 */
record Sums(Sql sql) {

    private static final String DAY = "cast(booked_on as varchar(10))";
    private static final String NO_DAY = "not exists (select 1 from spending l where l.project_id = x.project_id "
            + "and l.period = x.period)";
    private static final String USED = "select project_id, " + DAY + " as period, sum(cost) as spent from "
            + "restore_usage_tracking group by project_id, " + DAY;

    /** Columns of usage_daily, and what a usage row adds to each. */
    static final Map<String, String> DAILY = daily();
    private static final List<String> DAILY_KEY = Content.of("usage_daily").key();

    private static Map<String, String> daily() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("requests", "case when part = 0 then 1 else 0 end");
        for (String tokens : List.of("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cost")) {
            columns.put(tokens, tokens);
        }
        columns.put("estimated_cost", "case when estimated then cost else 0 end");
        columns.put("differing", "case when cost_differs then 1 else 0 end");
        return columns;
    }

    /** Works out what is to be added to each sum, from the marks of usage and reservations, and marks the sums. */
    void prepare() throws SQLException {
        sql.run("delete from restore_change");
        sql.run("delete from restore_change_daily");
        days();
        months();
        usageDaily();
        mark("spending", "restore_change", "c.spent <> 0 or c.reserved <> 0");
        mark("usage_daily", "restore_change_daily", "c.requests <> 0 or c.cost <> 0 or c.input_tokens <> 0 "
                + "or c.output_tokens <> 0 or c.cache_read_tokens <> 0 or c.cache_write_tokens <> 0");
    }

    private void days() throws SQLException {
        sql.run("insert into restore_change (project_id, period, spent, reserved) "
                + "select project_id, period, sum(spent), sum(reserved) from ("
                + "select project_id, " + DAY + " as period, cost as spent, 0 as reserved from restore_usage_tracking "
                + "where mark = 'added' "
                + "union all select project_id, " + DAY + ", 0, amount from restore_reservations "
                + "where mark = 'added' and state in ('held', 'unknown') "
                + "union all select l.project_id, cast(l.booked_on as varchar(10)), 0, -l.amount from reservations l "
                + "join restore_reservations s on s.request_id = l.request_id and s.run = l.run "
                + "where s.mark = 'replaced' and s.state = 'settled' "
                + "union all select x.project_id, x.period, x.spent, 0 from restore_spending x "
                + "where char_length(x.period) = 10 and " + NO_DAY + " "
                + "union all select x.project_id, x.period, -x.spent, 0 from (" + USED + ") x where " + NO_DAY
                + " and exists (select 1 from restore_spending s where s.project_id = x.project_id and s.period = x.period)"
                + ") changes group by project_id, period");
    }

    /** A month grows as its days do. */
    private void months() throws SQLException {
        sql.run("insert into restore_change (project_id, period, spent, reserved) "
                + "select project_id, period, sum(spent), sum(reserved) from ("
                + "select project_id, substring(period, 1, 7) as period, spent, reserved from restore_change "
                + "union all select x.project_id, x.period, x.spent, 0 from restore_spending x "
                + "where char_length(x.period) = 7 and " + NO_DAY + " "
                + "union all select d.project_id, substring(d.period, 1, 7), -d.spent, 0 from restore_spending d "
                + "where char_length(d.period) = 10 and exists (select 1 from restore_spending x where "
                + "x.project_id = d.project_id and x.period = substring(d.period, 1, 7) and " + NO_DAY + ")"
                + ") changes group by project_id, period");
    }

    private void usageDaily() throws SQLException {
        String key = String.join(", ", DAILY_KEY);
        String names = String.join(", ", DAILY.keySet());
        String ofRow = key.replace("agent_id", "coalesce(agent_id, '') as agent_id");
        String absent = "not exists (select 1 from usage_daily l where " + matching("l", "x") + ")";
        sql.run("insert into restore_change_daily (" + key + ", " + names + ") select " + key + ", " + sums("sum(%s)", "")
                + " from (select " + ofRow + ", " + rows("") + " from restore_usage_tracking where mark = 'added' "
                + "union all select " + key + ", " + names + " from restore_usage_daily x where " + absent + " "
                + "union all select " + key + ", " + sums("-%s", "") + " from (select " + key + ", " + sums("sum(%s)", " as %s")
                + " from (select " + ofRow + ", " + rows("") + " from restore_usage_tracking) u group by " + key
                + ") x where " + absent + " and exists (select 1 from restore_usage_daily s where " + matching("s", "x")
                + ")) changes group by " + key);
    }

    private static String matching(String one, String other) {
        return Content.of("usage_daily").sameKey(one, other);
    }

    private static String sums(String form, String name) {
        return DAILY.keySet().stream().map(column -> form.replace("%s", column) + name.replace("%s", column))
                .collect(Collectors.joining(", "));
    }

    private static String rows(String prefix) {
        return DAILY.entrySet().stream().map(column -> column.getValue() + " as " + prefix + column.getKey())
                .collect(Collectors.joining(", "));
    }

    private void mark(String table, String changes, String changed) throws SQLException {
        Content content = Content.of(table);
        sql.run("update " + content.stage() + " s set mark = case when not exists (select 1 from " + table + " l where "
                + content.sameKey("l", "s") + ") then 'added' when exists (select 1 from " + changes + " c where "
                + content.sameKey("c", "s") + " and (" + changed + ")) then 'replaced' when exists (select 1 from " + table
                + " l where " + content.sameKey("l", "s") + " and " + same(table) + ") then 'same' else 'kept' end");
    }

    private static String same(String table) {
        return (table.equals("spending") ? List.of("spent", "reserved") : List.copyOf(DAILY.keySet())).stream()
                .map(column -> "l." + column + " = s." + column).collect(Collectors.joining(" and "));
    }

    /** Adds it. */
    void apply() throws SQLException {
        add("spending", "restore_change", List.of("spent", "reserved"));
        add("usage_daily", "restore_change_daily", List.copyOf(DAILY.keySet()));
    }

    private void add(String table, String changes, List<String> columns) throws SQLException {
        Content content = Content.of(table);
        String sums = columns.stream().map(column -> "l." + column + " + c." + column).collect(Collectors.joining(", "));
        sql.run("update " + table + " l set (" + String.join(", ", columns) + ") = (select " + sums + " from " + changes
                + " c where " + content.sameKey("c", "l") + ") where exists (select 1 from " + changes + " c where "
                + content.sameKey("c", "l") + ")");
        String all = String.join(", ", content.key()) + ", " + String.join(", ", columns);
        sql.run("insert into " + table + " (" + all + ") select " + all + " from " + changes + " c where not exists "
                + "(select 1 from " + table + " l where " + content.sameKey("l", "c") + ")");
    }
}
