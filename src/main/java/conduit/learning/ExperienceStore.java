package conduit.learning;

import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.bandit.Usage;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What calls were like, in the database. */
public final class ExperienceStore {

    /** So many runs of one model can be booked at the same time. */
    private static final int STRIPES = 32;
    private static final long FRESH_NANOS = 500_000_000;
    private static final double KEPT = 0.999;

    private final JdbcClient jdbc;
    private volatile Seen seen;

    private record Seen(Experience experience, long readAt) {
    }

    private record Row(Context context, String model, Usage usage) {
    }

    private record Key(Context context, String model, int stripe) {
    }

    public ExperienceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is known, at most half a second old. */
    public Experience experience() {
        Seen now = seen;
        if (now == null || System.nanoTime() - now.readAt() > FRESH_NANOS) {
            now = new Seen(read(), System.nanoTime());
            seen = now;
        }
        return now.experience();
    }

    private Experience read() {
        Map<Context, Map<String, Usage>> cells = new HashMap<>();
        jdbc.sql("select category, length_bucket, model, sum(answers), sum(input_tokens), sum(output_tokens), "
                        + "sum(latency_log), sum(latency_squares), sum(baseline_log) from model_usage "
                        + "group by category, length_bucket, model")
                .query((row, i) -> new Row(new Context(row.getString(1), row.getString(2)), row.getString(3),
                        new Usage(row.getDouble(4), row.getDouble(5), row.getDouble(6), row.getDouble(7),
                                row.getDouble(8), row.getDouble(9)))).list()
                .forEach(row -> cells.computeIfAbsent(row.context(), c -> new HashMap<>())
                        .put(row.model(), row.usage()));
        return new Experience(cells);
    }

    /**
     * Adds an answer. To be called in a transaction; where one adds several, in the order of the models' names.
     *
     * @param context whose cell is known, so that senders can't make ever more rows
     */
    public void learn(String project, Context context, String model, Usage usage) {
        int stripe = Math.floorMod(project.hashCode(), STRIPES);
        if (add(stripe, context, model, usage) == 0) {
            jdbc.sql("insert into model_usage values (?, ?, ?, ?, 0, 0, 0, 0, 0, 0) on conflict do nothing")
                    .params(model, context.category(), context.length(), stripe).update();
            add(stripe, context, model, usage);
        }
    }

    /**
     * Forgets what calls were like in contexts that have no cell any more, so that senders can't make ever more rows. To be
     * called in a transaction; it, too, goes by the models' names.
     */
    public void forgetAllBut(Set<Context> cells) {
        jdbc.sql("select category, length_bucket, model, stripe from model_usage order by model").query((row, i) ->
                        new Key(new Context(row.getString(1), row.getString(2)), row.getString(3), row.getInt(4))).list()
                .stream().filter(key -> !cells.contains(key.context()) && !key.context().category().equals(Context.OTHER))
                .forEach(key -> jdbc.sql("delete from model_usage where model = ? and category = ? and length_bucket = ? "
                        + "and stripe = ?").params(key.model(), key.context().category(), key.context().length(),
                        key.stripe()).update());
    }

    private int add(int stripe, Context context, String model, Usage usage) {
        return jdbc.sql("update model_usage set answers = answers * :kept + :answers, input_tokens = input_tokens * :kept "
                        + "+ :input, output_tokens = output_tokens * :kept + :output, latency_log = latency_log * :kept "
                        + "+ :log, latency_squares = latency_squares * :kept + :squares, baseline_log = baseline_log "
                        + "* :kept + :baseline where model = :model and category = :category and length_bucket = :length "
                        + "and stripe = :stripe")
                .param("kept", KEPT).param("answers", usage.answers()).param("input", usage.inputTokens())
                .param("output", usage.outputTokens()).param("log", usage.latencyLog())
                .param("squares", usage.latencySquares()).param("baseline", usage.baselineLog()).param("model", model)
                .param("category", context.category()).param("length", context.length()).param("stripe", stripe)
                .update();
    }
}
