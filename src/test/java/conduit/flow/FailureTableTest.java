package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.ConduitRig.Reply;
import conduit.attempt.Breakers;
import conduit.attempt.Windows;
import conduit.claude.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators read of failures in docs/operate.md is what happens. */
class FailureTableTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final int RETRIES = 2;
    /** How the simulator makes each, and those that it makes in more than one way. */
    private static final Map<String, List<String>> MARKERS = Map.ofEntries(
            Map.entry("bad-request", List.of("400")), Map.entry("too-long", List.of("toolong", "blocked", "413")),
            Map.entry("unauthorised", List.of("401", "403", "nokey")), Map.entry("no-credit", List.of("credit")),
            Map.entry("model-missing", List.of("404")), Map.entry("rate-limited", List.of("429")),
            Map.entry("overloaded", List.of("529")), Map.entry("server-error", List.of("500", "html502")),
            Map.entry("network", List.of("refused", "reset")), Map.entry("timed-out", List.of("timeout")),
            Map.entry("output-limit", List.of("maxtok")), Map.entry("cut-off", List.of("cut")),
            Map.entry("refused", List.of("refusal")), Map.entry("crashed", List.of("crash", "flag")),
            Map.entry("nonsense", List.of("garbage", "noturns")), Map.entry("not-started", List.of("gone")));

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static Plan plan;
    private static int count;

    /** One row of the table with one way to make it happen. */
    record Row(String failure, int status, String type, String again, boolean elsewhere, String breaker, String booked,
               String marker) {

        @Override
        public String toString() {
            return failure + " by " + marker;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        plan = new Plan(home.resolve("plan"));
        conduit = ConduitRig.in(home.resolve("home")).set("conduit.claude.command", plan.command().toString())
                .set("conduit.claude.retries", Integer.toString(RETRIES)).set("conduit.claude.breaker.failures", "10").start();
        assertThat(conduit.put("/v1/projects/table", "{\"defaultModel\":\"" + HAIKU + "\",\"fallback\":[\"" + SONNET
                + "\"],\"features\":{\"autoRouting\":false}}").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static List<String[]> table() throws IOException {
        String text = Files.readString(Path.of("docs/operate.md"));
        String section = text.substring(text.indexOf("## When a call fails"));
        return section.lines().dropWhile(line -> !line.startsWith("| `")).skip(2).takeWhile(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ")).toList();
    }

    static Stream<Row> rows() throws IOException {
        return table().stream().flatMap(cells -> {
            String failure = cells[0].replace("`", "");
            return MARKERS.getOrDefault(failure, List.of()).stream().map(marker -> new Row(failure,
                    Integer.parseInt(cells[1].split(" ")[0]), cells[1].split(" ")[1], cells[2], cells[3].equals("yes"),
                    cells[4], cells[5], marker));
        });
    }

    @Test
    void theTableHasEachFailureOnceAndSaysWhatEachDoes() throws IOException {
        assertThat(table()).extracting(cells -> cells[0].replace("`", ""))
                .containsExactly(Arrays.stream(Failure.values()).map(Failure::text).toArray(String[]::new));
        for (String[] cells : table()) {
            Failure failure = Failure.of(cells[0].replace("`", ""));
            assertThat(cells[1]).startsWith(failure.kind().status() + " " + failure.kind().type().replaceAll(".*:", ""));
            assertThat(failure.retries(RETRIES)).as(cells[0]).isEqualTo(again(cells[2]));
            assertThat(failure.fallsBack()).as(cells[0]).isEqualTo(cells[3].equals("yes"));
            assertThat(failure.verdict().name()).as(cells[0]).isEqualToIgnoringCase(cells[4]);
        }
    }

    private static int again(String cell) {
        return switch (cell) {
            case "yes" -> RETRIES;
            case "once" -> 1;
            default -> 0;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aRowIsWhatHappens(Row row) throws Exception {
        Breakers breakers = conduit.context().getRegistry().lookupByNameAndType("breakers", Breakers.class);
        String[] always = {row.marker(), row.marker(), row.marker(), row.marker()};
        for (String model : List.of(HAIKU, SONNET)) {
            Windows.clear(breakers, model);
            plan.of(model, always);
        }
        plan.starts();
        String id = "row-" + ++count;

        Reply reply = conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"project\":\"table\",\"prompt\":\"Hello\"}");

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(row.status());
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:conduit:problem:" + row.type());
        assertThat(reply.json().path("failure").asText()).isEqualTo(row.failure());
        assertThat(reply.response().headers().firstValue("Retry-After").isPresent()).isEqualTo(row.status() == 503);
        boolean unknown = row.booked().startsWith("the worst case") && !row.marker().equals("flag") && !row.marker().equals("noturns")
                || row.marker().equals("reset");
        int again = unknown ? 0 : again(row.again());
        boolean elsewhere = row.elsewhere() && !unknown;
        assertThat(plan.starts()).as("processes").isEqualTo(elsewhere ? Map.of(HAIKU, 1 + again, SONNET, 1 + again)
                : Map.of(HAIKU, 1 + again));
        assertThat(breakers.failed(HAIKU)).as("failures at its breaker").isEqualTo(row.breaker().equals("failure") ? 1 + again : 0);
        int attempts = (1 + again) * (elsewhere ? 2 : 1);
        assertThat(reply.json().path("attempts").size()).isEqualTo(attempts == 1 ? 0 : attempts);
        assertThat(reply.json().path("model").asText()).as("the last one").isEqualTo(elsewhere ? SONNET : HAIKU);
        assertCost(row, reply.json(), id, unknown, attempts);
    }

    private static void assertCost(Row row, JsonNode problem, String id, boolean unknown, int attempts) {
        BigDecimal cost = problem.path("costUsd").decimalValue();
        if (unknown) {
            assertThat(cost).isEqualByComparingTo(conduit.post("/v1/route", "{\"project\":\"table\",\"prompt\":\"Hello\"}").json()
                    .path("estimate").path("worstCaseUsd").decimalValue());
        } else if (row.booked().startsWith("what was billed")) {
            assertThat(cost).isPositive();
        } else {
            assertThat(cost).isZero();
        }
        eventually(() -> {
            assertThat(conduit.get("/v1/requests/" + id).json().path("costUsd").decimalValue()).isEqualByComparingTo(cost);
            var rows = conduit.query("select * from usage_tracking where request_id = '" + id + "' order by part");
            assertThat(rows.stream().map(r -> (BigDecimal) r.get("cost")).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(cost);
            assertThat(rows).extracting(r -> r.get("attempt")).isEqualTo(cost.signum() == 0 ? List.of()
                    : Stream.iterate(1, n -> n + 1).limit(attempts).toList());
            assertThat(conduit.query("select * from reservations where request_id = '" + id + "' and state <> 'settled'")).isEmpty();
        });
        assertThat(conduit.query("select * from spending where reserved <> 0")).isEmpty();
    }
}
