package conduit.bench;

import com.zaxxer.hikari.HikariDataSource;
import conduit.SettableClock;
import conduit.feedback.RepeatStore;
import conduit.feedback.RepeatWatch;
import conduit.feedback.RepeatWeight;
import conduit.ledger.OneAtATime;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import conduit.request.SimilarityHash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long one look over the last minutes takes, by how many requests came in them, and how long a prompt's hash:
 * {@code mvn -q -Pbench verify -Dbench=RepeatBench}.
 */
public final class RepeatBench {

    private static final int ROUNDS = 7;
    private static final String FILL = "insert into requests (id, run, project_id, state, inlet, fingerprint, user_id, metadata, "
            + "answer, node, created_at, updated_at, similarity) select concat('%s-', x), 1, 'default', 'completed', 'http', 'f', "
            + "concat('u', %s), '{}', repeat('answer ', 100), 'node', timestamp with time zone '2027-01-01 12:00:00+00' + x * "
            + "%d * interval '0.001' second, timestamp with time zone '2027-01-01 12:00:00+00' + x * %d * interval '0.001' second"
            + ", x * 7046029254386353131 from %s";

    private RepeatBench() {
    }

    public static void main(String[] args) {
        System.out.println("| database | requests in 5 minutes | users | first look, ms | median of the next, ms |");
        System.out.println("|---|---|---|---|---|");
        for (boolean h2 : new boolean[] {true, false}) {
            for (int[] load : new int[][] {{1_000, 100}, {10_000, 1}, {100_000, 1_000}, {100_000, 50_000}}) {
                scan(h2, load[0], load[1]);
            }
        }
        for (int length : new int[] {100, 1_000, 10_000, 3 << 20}) {
            hash(length);
        }
        System.exit(0);
    }

    private static void scan(boolean h2, int requests, int users) {
        try (HikariDataSource source = OnEachDatabase.Databases.fresh(h2)) {
            Stores on = new Stores(source);
            int gap = Math.max(1, 300_000 / requests);
            String rows = h2 ? "system_range(1, " + requests + ") as s (x)" : "generate_series(1::bigint, " + requests + ") as s (x)";
            String mixed = "x * 7046029254386353131";
            String fill = FILL.formatted("b", "mod(x, " + users + ")", gap, gap, rows);
            on.jdbc.sql(h2 ? fill.replace(mixed, "cast(mod(cast(x as numeric(40)) * 7046029254386353131, 9223372036854775807) as bigint)")
                    : fill.replace(mixed, "cast(mod(x::numeric * 7046029254386353131, 9223372036854775807) as bigint)")
                            .replace("interval '0.001' second", "interval '0.001 second'")).update();
            SettableClock clock = new SettableClock("2027-01-01T12:05:01Z");
            RepeatStore store = new RepeatStore(on.jdbc, on.transaction, on.requests, on.beliefs, clock);
            RepeatWatch watch = new RepeatWatch(store, new OneAtATime(OneAtATime.Work.REPEATS, null), new RepeatWeight(0.2), clock);
            on.jdbc.sql("update repeat_scan set scanned_to = timestamp with time zone '2027-01-01 12:04:51+00'").update();
            long[] times = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                watch.look();
                times[i] = (System.nanoTime() - start) / 100_000;
            }
            double first = times[0] / 10.0;
            Arrays.sort(times);
            System.out.printf("| %s | %d | %d | %.1f | %.1f |%n", h2 ? "H2" : "PostgreSQL", requests, users, first,
                    times[ROUNDS / 2] / 10.0);
        }
    }

    private static void hash(int length) {
        String text = "How do I repair the brake of my old bicycle 42? ".repeat(length / 40 + 1).substring(0, length);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long start = System.nanoTime();
            SimilarityHash.of("frame", text);
            times.add(System.nanoTime() - start);
        }
        times.sort(null);
        System.out.printf("hash of %d characters: median %.3f ms, p99 %.3f ms%n", length, times.get(1_000) / 1e6,
                times.get(1_980) / 1e6);
    }
}
