package conduit;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig.Reply;
import conduit.cli.Cli;
import conduit.cli.Unable;
import conduit.cli.World;
import conduit.json.Json;
import conduit.settings.Keys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** The words about the bandit on one home: beside the server, after a restart, and on the database itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BanditWordsTest {

    private static final List<String> IDS = new ArrayList<>();

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static String port;
    private static String degraded;
    private static String before;

    private record Ran(int exit, String out, String err) {
    }

    @BeforeAll
    static void start() throws Exception {
        port = ConduitRig.freePort();
        conduit = ConduitRig.in(home).set("conduit.http.port", port).set("conduit.bandit.uniform", "0.05").start();
        for (int i = 0; i < 12; i++) {
            IDS.add(ask("default", "asked-" + i));
            conduit.post("/v1/feedback", "{\"requestId\":\"asked-" + i + "\",\"signal\":\"thumbs\",\"value\":\"" + (i % 4 == 0
                    ? "down" : "up") + "\"}");
        }
        degraded = degraded();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static String body(String project, String id, String more) {
        return "{\"id\":\"" + id + "\",\"project\":\"" + project + "\",\"prompt\":\"Tell me of ships\"" + more + "}";
    }

    private static String ask(String project, String id) {
        Reply reply = conduit.post("/v1/complete", body(project, id, ""));
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(reply.json().path("decision").path("source").asText()).isEqualTo("bandit");
        return id;
    }

    /** A request for which the bandit chose Opus, which the limit does not allow. */
    private static String degraded() {
        BigDecimal haiku = conduit.post("/v1/route", body("default", "x", ",\"model\":\"claude-haiku-5-5\"")).json()
                .path("estimate").path("worstCaseUsd").decimalValue();
        String id = null;
        for (int i = 0; id == null; i++) {
            id = conduit.post("/v1/route", body("default", "less-" + i, "")).json().path("decision").path("model").asText()
                    .equals("claude-opus-5-5") ? "less-" + i : null;
        }
        assertThat(conduit.put("/v1/projects/less", "{\"defaultModel\":\"claude-haiku-5-5\",\"onLimit\":\"degrade\","
                + "\"costLimits\":{\"daily\":" + haiku.add(new BigDecimal("0.0001")) + "}}").status()).isLessThan(300);
        return ask("less", id);
    }

    private static Ran run(String... words) {
        Properties properties = new Properties();
        properties.setProperty("conduit.home", home.toString());
        properties.setProperty("conduit.http.port", port);
        return run(properties, words);
    }

    private static Ran run(Properties properties, String... words) {
        Keys keys = Keys.load(Map.of(), properties);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new Cli(new World(new ByteArrayInputStream(new byte[0]), new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8), false, keys, Clock.systemUTC(), () -> {
                    throw new Unable("No backtests here.");
                }, make -> {
                    throw new Unable("No backups here.");
                }, () -> DirectAnswers.open(keys, Clock.systemUTC()), "1.2.3")).run(words);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    @Order(1)
    void theRecordTellsAllThatTheChoiceWasMadeBy() {
        JsonNode decision = conduit.get("/v1/requests/asked-5").json().path("decision");
        assertThat(decision.fieldNames()).toIterable().contains("posteriorVersion", "lengthBucket", "lambda", "typicalCostUsd",
                "exploration", "uniform", "restBeyond", "seed", "candidates", "category");
        assertThat(decision.path("lambda").asDouble()).isEqualTo(0.04);
        assertThat(decision.path("uniform").asDouble()).isEqualTo(0.05);
        assertThat(decision.path("posteriorVersion").asLong()).as("judgements before the sixth").isBetween(1L, 5L);
        double sum = 0;
        for (JsonNode candidate : decision.path("candidates")) {
            assertThat(candidate.fieldNames()).toIterable().containsExactly("model", "mean", "draw", "expectedCostUsd", "propensity",
                    "alpha", "beta");
            assertThat(candidate.path("propensity").asDouble()).isGreaterThan(0.05 / 4);
            sum += candidate.path("propensity").asDouble();
        }
        assertThat(decision.path("candidates")).hasSize(3);
        assertThat(sum).isBetween(0.999999, 1.000001);
    }

    @Test
    @Order(2)
    void eachChoiceRepeatsBitForBit() {
        for (String id : IDS) {
            JsonNode answer = conduit.get("/v1/requests/" + id + "/repeat").json();
            assertThat(answer.path("identical").asBoolean()).as(answer.toString()).isTrue();
            JsonNode decision = conduit.get("/v1/requests/" + id).json().path("decision");
            assertThat(answer.path("candidates")).isEqualTo(decision.path("candidates"));
            assertThat(answer.path("chosen")).isEqualTo(decision.path("model"));
        }
        Ran ran = run("bandit", "repeat", "asked-7");
        assertThat(ran.out()).matches("Identical: claude-\\S+ of 3 models, with what was believed at version \\d+ and seed \\d+\\.\n");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        before = run("bandit", "repeat", "asked-11", "--json").out();
    }

    @Test
    @Order(3)
    void aDegradedChoiceSaysSoAndRepeats() {
        JsonNode decision = conduit.get("/v1/requests/" + degraded).json().path("decision");
        assertThat(decision.path("model").asText()).isEqualTo("claude-haiku-5-5");
        assertThat(decision.path("degradedFrom").asText()).isEqualTo("claude-opus-5-5");
        assertThat(decision.path("reason").asText()).endsWith("degraded from claude-opus-5-5 to fit into the limit");
        Ran ran = run("bandit", "repeat", degraded);
        assertThat(ran.out()).startsWith("Identical: claude-opus-5-5 of 3 models")
                .endsWith("To fit into the limit, claude-haiku-5-5 served in its place.\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    @Order(4)
    void whatCanNotBeRepeatedIsToldAsWrongUse() {
        conduit.post("/v1/complete", body("default", "pinned", ",\"model\":\"claude-haiku-5-5\""));
        conduit.post("/v1/complete", body("default", "denied", ",\"flags\":[\"confidential\"]"));
        Map.of("nobody", "There is no request \"nobody\"", "pinned", "by source pinned, not chosen by the bandit", "denied",
                "refused before a model was chosen", "a b/../c", "There is no request \"a b/../c\"").forEach((id, message) -> {
                    Ran ran = run("bandit", "repeat", id);
                    assertThat(ran.err()).contains(message).hasLineCount(1);
                    assertThat(ran.out()).isEmpty();
                    assertThat(ran.exit()).isEqualTo(2);
                });
    }

    @Test
    @Order(5)
    void showTellsQualityCostShareAndSavings() {
        Ran ran = run("bandit", "show");
        assertThat(ran.out()).contains("All requests\n", "Requests of category general, short\n", "Costs and choices of late\n")
                .containsPattern("claude-\\S+ +right in about \\d+ of 100 answers \\(\\d+ to \\d+\\), from \\d+ judged answers?: still a guess")
                .containsPattern("a typical request costs 0\\.\\d{6} USD; \\d+ of 100 choices; (saves|costs) \\d+ % ")
                .contains("Together: 13 calls of the bandit of late: saves ", "assume that the baseline would have used the same tokens")
                .containsPattern("looked up once a minute, these at [-\\dT:]{19}Z\\.\n");
        assertThat(ran.err()).isEmpty();
        JsonNode models = Json.tree(run("bandit", "show", "--json").out());
        assertThat(models.path("models").findValues("share").stream().mapToDouble(JsonNode::asDouble).sum())
                .isBetween(0.999, 1.001);
        JsonNode posterior = models.at("/models/0/posteriors/0");
        assertThat(posterior.fieldNames()).toIterable().containsExactly("category", "lengthBucket", "alpha", "beta", "mean", "low",
                "high", "observations", "summary");
        assertThat(models.at("/bandit/baseline").asText()).isEqualTo("claude-opus-5-5");
        assertThat(models.at("/bandit/low").asDouble()).isLessThan(models.at("/bandit/saved").asDouble());
        assertThat(models.at("/bandit/saved").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    @Order(6)
    void evaluateTellsQualityAndCostAndWarnsOfFewRecords() {
        Ran ran = run("bandit", "evaluate", "--policy", "cheapest");
        assertThat(ran.out()).containsPattern("Policy cheapest on 12 judged choices from [-\\dT:]{19}Z to [-\\dT:]{19}Z\n")
                .containsPattern("quality  -?\\d+\\.\\d % \\(.* to .* %\\); as recorded 75\\.0 %").containsPattern("cost +0\\.\\d+ USD a request");
        assertThat(ran.err()).contains("Take care: The record is worth only", "conduit.bandit.uniform=0.05");
        assertThat(ran.exit()).isZero();
        JsonNode json = Json.tree(run("bandit", "evaluate", "--policy", "lambda:0.5", "--json").out());
        assertThat(json.path("records").asInt()).isEqualTo(12);
        assertThat(json.path("effectiveSampleSize").asDouble()).isBetween(0.0, 12.0001);
        assertThat(json.at("/quality/value").isNumber()).isTrue();
        Ran none = run("bandit", "evaluate", "--policy", "sampler", "--to", "2020-01-01");
        assertThat(none.err()).contains("Nothing can be told: there is no judged choice of the bandit").hasLineCount(1);
        assertThat(none.exit()).isEqualTo(1);
        Ran wrong = run("bandit", "evaluate", "--policy", "best");
        assertThat(wrong.err()).contains("policy is \"best\"", "there is sampler, cheapest, largest, model:ID").hasLineCount(1);
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(run("bandit", "evaluate", "--policy", "model:gpt").err()).contains("\"gpt\" is no model; there is claude-haiku-5-5");
        assertThat(run("bandit", "evaluate", "--policy", "lambda:-1").err()).contains("a number from 0 to 10");
        assertThat(run("bandit", "evaluate", "--policy", "sampler", "--from", "soon").err()).contains("from is \"soon\"");
        assertThat(conduit.get("/v1/bandit/evaluation?polcy=x").json().path("detail").asText()).contains("polcy");
        assertThat(conduit.get("/v1/bandit/evaluation").json().path("detail").asText()).contains("policy is missing");
    }

    @Test
    @Order(6)
    void usageAndExportTellWhatTheApiTells() {
        Ran usage = run("usage", "--group-by", "source,project");
        assertThat(usage.out()).containsPattern("bandit +default +12 +[\\d,]+ +[\\d,]+ +0\\.\\d{6}\n").containsPattern("total +14 ");
        assertThat(Json.tree(run("usage", "--project", "less", "--json").out()).at("/total/requests").asInt()).isEqualTo(1);
        assertThat(run("usage", "--group-by", "colour").err()).contains("groupBy is \"colour\"").hasLineCount(1);
        assertThat(run("usage", "--from", "2026-11-21T08:00").err()).startsWith("Take care: from is the moment 2026-11-21T08:00, ")
                .hasLineCount(1);
        assertThat(run("usage", "--project", "none").exit()).isEqualTo(2);
        conduit.update("update export_queue set created_at = dateadd('day', -2, created_at)");
        Ran export = run("export");
        assertThat(export.out()).containsPattern("usage-\\d{4}-\\d\\d-\\d\\d\\.csv\n").containsPattern("T\\d\\d\\.jsonl\n");
        assertThat(home.resolve("exports").resolve(export.out().lines().findFirst().orElseThrow())).exists();
        Ran again = run("export", "--json");
        assertThat(Json.tree(again.out()).toString()).isEqualTo("{\"daily\":[],\"hourly\":[]}");
        assertThat(run("export").err()).contains("Nothing was due");
    }

    @Test
    @Order(7)
    void afterARestartAndMoreJudgementsTheChoiceRepeatsTheSame() {
        conduit.stop().start();
        conduit.post("/v1/feedback", "{\"requestId\":\"asked-2\",\"signal\":\"rating\",\"value\":1}");
        Ran ran = run("bandit", "repeat", "asked-11", "--json");
        assertThat(ran.out()).isEqualTo(before);
        assertThat(ran.exit()).isZero();
    }

    @Test
    @Order(8)
    void withoutAServerTheDatabaseItselfTellsTheSame() {
        conduit.stop();
        Ran repeated = run("bandit", "repeat", "asked-11", "--json");
        assertThat(repeated.out()).isEqualTo(before);
        assertThat(repeated.err()).isEqualTo("No server answers, so the database itself is asked.\n");
        assertThat(run("bandit", "show").out()).contains("Together: 13 calls of the bandit");
        assertThat(run("bandit", "evaluate", "--policy", "largest", "--project", "default").out()).contains("Policy largest on 12");
        assertThat(run("bandit", "repeat", "nobody").exit()).isEqualTo(2);
        assertThat(run("usage", "--group-by", "source").out()).containsPattern("bandit +13 ").containsPattern("total +14 ");
    }

    /** Else a repetition that always says "identical" would pass. */
    @Test
    @Order(9)
    void whatWasChangedSinceIsToldAndIsOne() {
        conduit.update("update routing_decisions set seed = seed + 1 where request_id = 'asked-11'");
        Ran ran = run("bandit", "repeat", "asked-11");
        assertThat(ran.out()).containsPattern("claude-\\S+: draw was 0\\.\\d+, now 0\\.\\d+").doesNotContain("alpha");
        assertThat(ran.err()).contains("not identical: ");
        assertThat(ran.exit()).isEqualTo(1);
        Properties other = new Properties();
        other.setProperty("conduit.home", home.toString());
        other.setProperty("conduit.http.port", port);
        other.setProperty("conduit.bandit.prior-strength", "10");
        Ran changed = run(other, "bandit", "repeat", "asked-10");
        assertThat(changed.out()).contains("alpha was ").doesNotContain("draw was");
        assertThat(changed.err()).contains("conduit.bandit.prior-strength");
        assertThat(changed.exit()).isEqualTo(1);
    }
}
