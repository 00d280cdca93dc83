package conduit.backup.table;

import conduit.backup.file.Sheet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of a backup, parents first. In its conditions {@code l} is the row that is there, {@code s} the one of the
 * backup, which stands in {@code restore_} and the table's name until it is moved.
 *
 * @param key     tells which rows are one and the same
 * @param ofOne   picks one project's rows, with its id as parameter; null where rows are of no project
 * @param newer   when the backup's row replaces the one that is there
 * @param absent  the mark of a row that is not there
 * @param also    a further condition on a row that is there, or nothing
 * @param summed  whether rows are sums, to which something is added
 */
record Content(String table, List<String> key, String ofOne, String newer, String absent, String also, boolean summed) {

    private static final String PROJECT = "project_id = ?";
    private static final String RUN = "x.request_id = s.request_id and x.run = s.run";
    private static final String ADDED = "'added'";
    private static final String RESERVATION = "exists (select 1 from reservations x where " + RUN + ")";
    private static final String DECISION = "exists (select 1 from routing_decisions x where " + RUN + ")";
    private static final String USAGE = "exists (select 1 from usage_tracking x where " + RUN + ")";

    private static final String FREE = "(%1$s.state = 'failed' and coalesce(%1$s.cost, 0) = 0)";
    /**
     * A run that was ended, or of which a later one is known, stays so; a run is the same if it began at one moment. An id
     * that is only known to be free here is what the backup knows of it, if that was paid for or may have been: else it
     * would run, and be paid for, again. One that was paid for here is not freed by a run of the backup.
     */
    private static final String REQUEST = "case when " + FREE.formatted("l") + " and not " + FREE.formatted("s")
            + " and not exists (select 1 from reservations r where r.request_id = l.id and r.run >= s.run) then true "
            + "when s.run > l.run then " + FREE.formatted("l") + " or exists (select 1 from "
            + "restore_reservations b join reservations r on r.request_id = b.request_id and r.run = b.run "
            + "and r.created_at = b.created_at where b.request_id = l.id and b.run = l.run) "
            + "when s.run < l.run then false "
            + "when l.state = 'accepted' then s.state <> 'accepted' and s.created_at = l.created_at "
            + "when l.state = 'unknown' then s.state in ('completed', 'failed') and s.created_at = l.created_at "
            + "else s.state in ('completed', 'failed') and s.updated_at > l.updated_at "
            + "and s.cost is not distinct from l.cost end";
    private static final String SETTLED = "s.created_at = l.created_at and s.project_id = l.project_id "
            + "and s.booked_on = l.booked_on and (l.state in ('held', 'unknown') and s.state = 'settled' "
            + "or l.state = 'held' and s.state = 'unknown')";
    /** Usage comes with its run only: with one that is not here, or that the backup ends. */
    private static final String WITH_RUN = "coalesce((select case when x.mark = 'added' or x.mark = 'replaced' and x.state = "
            + "'settled' then 'added' else 'kept' end from restore_reservations x where " + RUN + "), case when "
            + RESERVATION + " or " + DECISION + " or " + USAGE + " then 'kept' else 'added' end)";
    private static final String WITH_USAGE = "case when exists (select 1 from restore_usage_tracking x where "
            + "x.id = s.usage_id and x.mark = 'added') then 'added' else 'kept' end";
    /** The same number may be another row's here. */
    private static final String NOT_MOVED = " and not exists (select 1 from restore_usage_tracking x where "
            + "x.id = s.usage_id and x.mark = 'added')";
    /** An open run comes with the request that it is the last run of, or nobody could ever end it. */
    private static final String WITH_REQUEST = "case when s.state <> 'settled' and not exists (select 1 from "
            + "restore_requests x where x.id = s.request_id and x.run = s.run and x.mark in ('added', 'replaced')) "
            + "or " + DECISION + " or " + USAGE + " then 'kept' else 'added' end";
    /** The bandit's log is one sequence, which can't be merged: it comes, with all that belongs to it, where none is. */
    private static final String UNLEARNT = "case when (select h.version from belief_head h) = 0 then 'added' else 'kept' end";
    /** Reservations before usage, whose marks need theirs; tables of the log in the order in which a judgement locks them. */
    static final List<Content> ALL = List.of(
            new Content("projects", List.of("id"), "id = ?", "true", ADDED, "", false),
            new Content("routing_rules", List.of("project_id", "id"), PROJECT, "true", ADDED, "", false),
            new Content("requests", List.of("id"), PROJECT, REQUEST, ADDED, "", false),
            new Content("reservations", List.of("request_id", "run"), PROJECT, SETTLED,
                    WITH_REQUEST, "", false),
            new Content("routing_decisions", List.of("request_id", "run"), PROJECT, "false",
                    "case when " + RESERVATION + " or " + USAGE + " then 'kept' else 'added' end", "", false),
            new Content("attempts", List.of("request_id", "run", "attempt"), PROJECT, "false", WITH_RUN, "", false),
            new Content("usage_tracking", List.of("request_id", "run", "part"), PROJECT, "false", WITH_RUN, "", false),
            new Content("export_queue", List.of("kind", "usage_id"),
                    "usage_id in (select u.id from usage_tracking u where u.project_id = ?)", "false", WITH_USAGE, NOT_MOVED, false),
            new Content("feedback", List.of("request_id"), ofRequest(), "s.updated_at > l.updated_at", ADDED, "", false),
            new Content("implicit_feedback", List.of("request_id", "signal"), ofRequest(),
                    "s.created_at > l.created_at", ADDED, "", false),
            new Content("observations", List.of("request_id", "run"), null, "false", UNLEARNT, "", false),
            new Content("belief_head", List.of("id"), null, "l.version = 0", ADDED, "", false),
            new Content("belief_log", List.of("version"), null, "false", UNLEARNT, "", false),
            new Content("model_states", List.of("category", "length_bucket", "model"), null, "false", UNLEARNT, "", false),
            new Content("model_usage", List.of("model", "category", "length_bucket", "stripe"), null,
                    "s.answers > l.answers", ADDED, "", false),
            new Content("spending", List.of("project_id", "period"), PROJECT, "false", ADDED, "", true),
            new Content("usage_daily", List.of("project_id", "booked_on", "model", "agent_id", "routing_source"),
                    PROJECT, "false", ADDED, "", true));

    /** Tables that stay out of backups, and why. */
    static final Map<String, String> LEFT_OUT = Map.of(
            "flyway_schema_history", "tells of this database's own tables; a backup has its version in its header",
            "repeat_scan", "tells how far this database was looked over",
            "nodes", "tells which Conduits are alive now",
            "usage_archives", "tells of files in this home, which no backup holds");

    /** Tables of backups that an older Conduit made, and a column that tells them; what is in them is not needed. */
    private static final Map<String, String> PAST = Map.of("model_lengths", "stripe", "model_states", "alpha");

    private static final Map<String, Content> BY_TABLE = ALL.stream()
            .collect(Collectors.toMap(Content::table, content -> content));

    private static String ofRequest() {
        return "request_id in (select r.id from requests r where r.project_id = ?)";
    }

    /** The table of this name, or null where no backup has one. */
    static Content of(String table) {
        return BY_TABLE.get(table);
    }

    /** Whether this is what an older Conduit had, and has no place any more. */
    static boolean isPast(Sheet sheet) {
        return PAST.containsKey(sheet.table()) && sheet.names().contains(PAST.get(sheet.table()));
    }

    /** Where its rows wait to be moved. */
    String stage() {
        return "restore_" + table;
    }

    /** Whether two rows have one key. */
    String sameKey(String one, String other) {
        return key.stream().map(column -> one + "." + column + " = " + other + "." + column)
                .collect(Collectors.joining(" and "));
    }
}
