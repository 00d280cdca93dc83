package conduit.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The prompts and answers that requests keep. They are dropped page by page; the requests' rows stay. */
record Texts(JdbcClient jdbc) {

    private static final int PAGE = 1_000;

    private record Row(String id, Instant at, boolean hasText) {
    }

    /** Drops the prompts of requests before a moment that ended; returns how many. */
    long dropPrompts(Instant before) {
        return drop(before, "prompt is not null or system_text is not null", "prompt = null, system_text = null",
                "('completed', 'failed')");
    }

    /** Drops the answers of requests before a moment; returns how many. */
    long dropAnswers(Instant before) {
        return drop(before, "answer is not null", "answer = null", "('completed')");
    }

    private long drop(Instant before, String has, String set, String states) {
        long dropped = 0;
        Instant after = Instant.EPOCH;
        String id = "";
        List<Row> page;
        do {
            page = jdbc.sql("select id, created_at, " + has + " as has_text from requests where created_at >= :after "
                            + "and (created_at > :after or id > :id) and created_at < :before order by created_at, id "
                            + "limit " + PAGE).param("after", after.atOffset(ZoneOffset.UTC)).param("id", id)
                    .param("before", before.atOffset(ZoneOffset.UTC)).query((row, i) -> new Row(row.getString("id"),
                            row.getTimestamp("created_at").toInstant(), row.getBoolean("has_text"))).list();
            List<String> ids = page.stream().filter(Row::hasText).map(Row::id).toList();
            if (!ids.isEmpty()) {
                dropped += jdbc.sql("update requests set " + set + " where id in (:ids) and created_at < :before "
                        + "and state in " + states).param("ids", ids).param("before", before.atOffset(ZoneOffset.UTC))
                        .update();
            }
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).at();
                id = page.get(page.size() - 1).id();
            }
        } while (page.size() == PAGE);
        return dropped;
    }

    /** The ids and numbers of all runs that are not ended, with a tilde between. */
    Set<String> openRuns() {
        return new HashSet<>(jdbc.sql("select id, run from requests where state in ('accepted', 'unknown')")
                .query((row, i) -> row.getString("id") + "~" + row.getInt("run")).list());
    }
}
