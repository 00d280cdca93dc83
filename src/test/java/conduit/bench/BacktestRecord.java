package conduit.bench;

import javax.sql.DataSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;

/** A week of requests as a busy house leaves them: ten projects with limits, prompts kept, two in five chosen by a rule. */
final class BacktestRecord {

    private static final String[] CATEGORIES = {"translation", "summary", "report", "question", "code"};
    private static final String[] MODELS = {"claude-haiku-5-5", "claude-haiku-5-5", "claude-opus-5-5",
            "claude-sonnet-5-5", "claude-sonnet-5-5"};
    private static final double[][] PRICES = {{0.1, 0.5}, {0.1, 0.5}, {4, 20}, {2, 10}, {2, 10}};
    private static final String TEXT = "The quick brown fox jumps over the lazy dog and reads the lease. ".repeat(40);
    private static final int BATCH = 1_000;
    private static final int PROJECTS = 10;
    private static final long WEEK_MS = 7L * 24 * 3600 * 1000 - 1;

    private BacktestRecord() {
    }

    /** Writes so many requests of the week that ends now. */
    static void write(DataSource database, int requests, Instant now) throws SQLException {
        Random random = new Random(20261121);
        try (Connection connection = database.getConnection();
                PreparedStatement project = connection.prepareStatement("insert into projects select ?, enabled, "
                        + "default_model, 500, 5000, auto_routing, cost_tracking, usage_analytics, on_limit, rollout, "
                        + "true, min_quality, updated_at from projects where id = 'default'");
                PreparedStatement request = connection.prepareStatement("insert into requests (id, run, project_id, "
                        + "state, inlet, fingerprint, agent_type, user_id, category, system_text, prompt, metadata, flags, "
                        + "input_bytes, node, created_at, updated_at) values (?, 1, ?, 'completed', 'http', 'x', ?, ?, ?, "
                        + "'', ?, '{\"team\":\"legal\"}', ?, ?, 'n', ?, ?)");
                PreparedStatement decision = connection.prepareStatement("insert into routing_decisions values (?, 1, ?, "
                        + "?, ?, 'why', 'general', ?, '[]', '[]', 'v', null, 10, false, ?)");
                PreparedStatement usage = connection.prepareStatement("insert into usage_tracking (request_id, run, part, "
                        + "project_id, model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, "
                        + "cache_write_1h_tokens, cost, estimated, cost_currency, routing_source, routing_reason, "
                        + "latency_ms, metadata, booked_on, created_at) values (?, 1, 0, ?, ?, ?, ?, 0, 0, 0, ?, false, "
                        + "'USD', ?, 'why', 900, '{}', ?, ?)")) {
            for (int i = 0; i < PROJECTS; i++) {
                project.setString(1, "team-" + i);
                project.executeUpdate();
            }
            connection.setAutoCommit(false);
            for (int i = 0; i < requests; i++) {
                OffsetDateTime at = now.minusMillis(WEEK_MS - WEEK_MS * i / requests).atOffset(ZoneOffset.UTC);
                int kind = random.nextInt(CATEGORIES.length);
                String team = "team-" + random.nextInt(PROJECTS);
                String prompt = TEXT.substring(0, 200 + random.nextInt(2_000));
                String source = kind < 2 ? "rule" : "bandit";
                int output = (int) Math.round(300 * Math.exp(random.nextGaussian()));
                int input = prompt.length() / 4;
                given(request, "q" + i, team, "support", "u" + random.nextInt(100), CATEGORIES[kind], prompt,
                        random.nextInt(20) == 0 ? "[\"batch\"]" : "[]", prompt.length(), at, at);
                given(decision, "q" + i, team, MODELS[kind], source, input, at);
                given(usage, "q" + i, team, MODELS[kind], input, output, BigDecimal.valueOf((input * PRICES[kind][0]
                        + output * PRICES[kind][1]) / 1e6).setScale(6, RoundingMode.HALF_UP), source, at.toLocalDate(), at);
                if (i % BATCH == BATCH - 1 || i == requests - 1) {
                    request.executeBatch();
                    decision.executeBatch();
                    usage.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void given(PreparedStatement row, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            row.setObject(i + 1, values[i]);
        }
        row.addBatch();
    }
}
