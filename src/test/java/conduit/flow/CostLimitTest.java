package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import conduit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A limit is never passed, says when it ends, and ends then. */
class CostLimitTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static final SettableClock CLOCK = new SettableClock("2026-11-21T22:30:00Z");

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start(CLOCK);
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static void project(String id, String limits, String onLimit) {
        Reply reply = conduit.put("/v1/projects/" + id, "{\"defaultModel\":\"claude-opus-5-5\",\"features\":"
                + "{\"autoRouting\":false},\"costLimits\":" + limits + ",\"onLimit\":\"" + onLimit + "\"}");
        assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    }

    private static Reply ask(String project, String more) {
        return conduit.post("/v1/complete", "{\"prompt\":\"Hello\",\"project\":\"" + project + "\"" + more + "}");
    }

    private static BigDecimal worstCase(String project, String model) {
        return new BigDecimal(conduit.post("/v1/route", "{\"prompt\":\"Hello\",\"project\":\"" + project + "\",\"model\":\""
                + model + "\"}").json().path("estimate").path("worstCaseUsd").asText());
    }

    @Test
    void aDailyLimitBlocksUntilItsResetAndTellsIt() throws Exception {
        CLOCK.set("2026-11-21T22:30:00Z");
        project("blocked", "{\"daily\":0.01}", "block");
        long before = conduit.invocations();
        Reply reply = ask("blocked", "");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().path("title").asText()).isEqualTo("Daily cost limit exceeded");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:conduit:problem:daily-limit");
        assertThat(reply.json().path("resetsAt").asText()).isEqualTo("2026-11-22T00:00:00Z");
        assertThat(reply.response().headers().firstValue("Retry-After")).contains("5400");
        assertThat(conduit.invocations()).isEqualTo(before);
        assertThat(conduit.get("/v1/usage?project=blocked").json().path("total").path("reservedUsd").decimalValue())
                .isEqualByComparingTo("0");
        Files.writeString(Files.createDirectories(home.resolve("inbox/blocked")).resolve("a.txt"), "Hello");
        CLOCK.set("2026-11-21T22:31:00Z");
        eventually(() -> {
            JsonNode problem = ConduitRig.JSON.readTree(home.resolve("failed/blocked/a.error.json").toFile());
            assertThat(problem.path("status").asInt()).isEqualTo(429);
        });
    }

    @Test
    void aMonthlyLimitResetsWithTheMonth() {
        CLOCK.set("2026-12-31T23:59:59Z");
        project("month", "{\"monthly\":0.01}", "block");
        Reply reply = ask("month", "");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().path("title").asText()).isEqualTo("Monthly cost limit exceeded");
        assertThat(reply.json().path("resetsAt").asText()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(reply.response().headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void manyAtOnceNeverPassTheLimitTogetherAndTheNextDayIsFreeAgain() {
        CLOCK.set("2026-11-23T12:00:00Z");
        project("many", "{}", "block");
        BigDecimal worst = worstCase("many", "claude-opus-5-5");
        project("many", "{\"daily\":" + worst.multiply(new BigDecimal("2.5")) + "}", "block");
        long served = IntStream.range(0, 12).parallel()
                .mapToObj(i -> ask("many", ",\"user\":\"[[sim:latency=600]]\"").status()).filter(s -> s == 200).count();
        assertThat(served).isBetween(1L, 12L);
        JsonNode budget = conduit.post("/v1/route", "{\"prompt\":\"Hello\",\"project\":\"many\"}").json().path("budget");
        assertThat(budget.path("daily").path("spent").decimalValue())
                .isLessThanOrEqualTo(budget.path("daily").path("limit").decimalValue());
        assertThat(budget.path("daily").path("resetsAt").asText()).isEqualTo("2026-11-24T00:00:00Z");
        eventually(() -> assertThat(conduit.query("select * from spending where project_id = 'many' and reserved <> 0"))
                .isEmpty());
    }

    @Test
    void reservationsCountWhileCallsRun() {
        CLOCK.set("2026-11-25T12:00:00Z");
        project("held", "{}", "block");
        String slow = "{\"project\":\"held\",\"prompt\":\"[[sim:latency=1500]]\"}";
        BigDecimal worst = new BigDecimal(conduit.post("/v1/route", slow).json().path("estimate").path("worstCaseUsd").asText());
        project("held", "{\"daily\":" + worst.multiply(new BigDecimal("1.5")) + "}", "block");
        var statuses = IntStream.range(0, 2).parallel().map(i -> conduit.post("/v1/complete", slow).status()).boxed().toList();
        assertThat(statuses).containsExactlyInAnyOrder(200, 429);
    }

    @Test
    void degradingTakesTheDearestCheaperModelThatFits() {
        CLOCK.set("2026-11-27T12:00:00Z");
        project("less", "{}", "degrade");
        BigDecimal sonnet = worstCase("less", "claude-sonnet-5-5");
        project("less", "{\"daily\":" + sonnet.add(new BigDecimal("0.0001")) + "}", "degrade");
        JsonNode answer = ask("less", ",\"flags\":[\"urgent\"]").json();
        assertThat(answer.path("model").asText()).as(answer.toString()).isEqualTo("claude-sonnet-5-5");
        assertThat(answer.path("decision").path("model").asText()).isEqualTo("claude-sonnet-5-5");
        assertThat(answer.path("decision").path("reason").asText()).contains("degraded from claude-opus-5-5");
        project("less", "{\"daily\":0.0001}", "degrade");
        assertThat(ask("less", "").status()).isEqualTo(429);
    }

    @Test
    void withoutCostTrackingNoLimitHoldsButTheCostIsOnRecord() {
        CLOCK.set("2026-11-28T12:00:00Z");
        conduit.put("/v1/projects/free", "{\"defaultModel\":\"claude-opus-5-5\",\"costLimits\":{\"daily\":0},"
                + "\"features\":{\"costTracking\":false,\"autoRouting\":false}}");
        BigDecimal cost = ask("free", "").json().path("usage").path("costUsd").decimalValue();
        assertThat(cost).isPositive();
        eventually(() -> assertThat(conduit.get("/v1/usage?project=free").json().path("total").path("costUsd").decimalValue())
                .isEqualByComparingTo(cost));
    }
}
