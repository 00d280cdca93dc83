package conduit.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.Map;
import java.util.TreeMap;

/** Learns how long the answers of each model are. */
record Lengths(JdbcClient jdbc) {

    /** So many runs of one model can be booked at the same time. */
    private static final int STRIPES = 32;

    /** Adds an answer; the rows of several models are locked in the order of their names, as projects share them. */
    void learn(Completion completion) {
        int stripe = Math.floorMod(completion.run().request().project().hashCode(), STRIPES);
        Map<String, long[]> models = new TreeMap<>();
        for (UsageRow row : completion.usage()) {
            long[] sums = models.computeIfAbsent(row.model(), model -> new long[2]);
            sums[0]++;
            sums[1] += row.tokens().output();
        }
        models.forEach((model, sums) -> {
            if (add(model, stripe, sums) == 0) {
                jdbc.sql("insert into model_lengths values (?, ?, 0, 0) on conflict do nothing").params(model, stripe)
                        .update();
                add(model, stripe, sums);
            }
        });
    }

    private int add(String model, int stripe, long[] sums) {
        return jdbc.sql("update model_lengths set calls = calls + ?, output_tokens = output_tokens + ? where model = ? "
                + "and stripe = ?").params(sums[0], sums[1], model, stripe).update();
    }
}
