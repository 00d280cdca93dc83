package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import conduit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A backtest of real requests: what moves, what it costs, and what it leaves alone. */
class BacktestFlowTest {

    private static final String SHIPPED = "routing.drl";
    private static final String NEW = """
            rule "Urgent requests go to Opus" salience 80
            when $route : Route() Request( flags contains "urgent" ) then $route.to("claude-opus-5-5", "urgent"); end
            rule "Summaries go to Opus" salience 70
            when $route : Route() Request( category == "summary" ) then $route.to("claude-opus-5-5", "dear"); end
            """;

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static final SettableClock CLOCK = new SettableClock("2026-11-20T10:00:00Z");
    private static final List<JsonNode> SUMMARIES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start(CLOCK);
        put("kept", "\"storePrompts\":true");
        put("own", "\"routingRules\":[{\"name\":\"Own\",\"priority\":200,\"targetModel\":\"claude-sonnet-5-5\","
                + "\"conditions\":{\"type\":\"AND\",\"rules\":[{\"field\":\"category\",\"operator\":\"=\","
                + "\"value\":\"summary\"}]}}]");
        put("limited", "\"costLimits\":{\"daily\":0.1}");
        for (int day = 20; day <= 22; day++) {
            CLOCK.set("2026-11-" + day + "T23:59:59.999Z");
            SUMMARIES.add(ask("s" + day, ",\"category\":\"summary\""));
            ask("u" + day, ",\"flags\":[\"urgent\"]");
            ask("p" + day, ",\"category\":\"summary\",\"model\":\"claude-haiku-5-5\"");
        }
        ask("own", ",\"category\":\"summary\",\"project\":\"own\"");
        ask("limited", ",\"category\":\"summary\",\"project\":\"limited\"");
        ask("kept", ",\"category\":\"summary\",\"project\":\"kept\"");
        assertThat(conduit.post("/v1/complete", "{\"prompt\":\"[[sim:529]]\",\"category\":\"summary\"}").status())
                .isEqualTo(503);
        eventually(() -> assertThat(conduit.query("select id from requests where state = 'completed'")).hasSize(12));
        eventually(() -> assertThat(conduit.query("select id from requests where state = 'accepted'")).isEmpty());
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static void put(String project, String more) {
        assertThat(conduit.put("/v1/projects/" + project, "{\"defaultModel\":\"claude-haiku-5-5\"," + more + "}").status())
                .isEqualTo(201);
    }

    private static JsonNode ask(String id, String more) {
        Reply reply = conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"Sum it up\"" + more + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    /** @param more members beside the file, such as {@code "to":"2026-11-21"}; may be empty */
    private static Reply backtest(String file, String content, String more) {
        ObjectNode body = ConduitRig.JSON.createObjectNode();
        body.putArray("files").addObject().put("file", file).put("content", content);
        String text = body.toString();
        return conduit.post("/v1/rules/backtest", text.substring(0, text.length() - 1) + (more.isEmpty() ? "" : ",")
                + more + "}");
    }

    private static JsonNode report(String file, String content, String more) {
        Reply reply = backtest(file, content, more);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static BigDecimal atOpus(JsonNode answer) {
        return new BigDecimal(answer.path("usage").path("inputTokens").asLong() * 4
                + answer.path("usage").path("outputTokens").asLong() * 20).movePointLeft(6).setScale(6, RoundingMode.HALF_UP);
    }

    private static BigDecimal change(List<JsonNode> answers) {
        return answers.stream().map(answer -> atOpus(answer).subtract(answer.path("usage").path("costUsd").decimalValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void movesAndCostsAreThoseOfTheAnswersToTheLastDigit() {
        JsonNode report = report(SHIPPED, NEW, "\"project\":\"default\"");

        assertThat(report.path("moves").toString())
                .isEqualTo("[{\"from\":\"claude-haiku-5-5\",\"to\":\"claude-opus-5-5\",\"count\":3}]");
        assertThat(report.path("requests").asInt()).isEqualTo(10);
        assertThat(report.path("redecided").asInt()).isEqualTo(9);
        assertThat(report.path("notCompleted").asInt()).isEqualTo(1);
        assertThat(report.path("unchanged").asInt()).isEqualTo(6);
        assertThat(report.path("cost").path("changeUsd").decimalValue()).isEqualByComparingTo(change(SUMMARIES));
        assertThat(report.path("cost").path("low").decimalValue()).isLessThan(change(SUMMARIES));
        assertThat(report.path("cost").path("high").decimalValue()).isGreaterThan(change(SUMMARIES));
        assertThat(report.path("changes").findValuesAsText("id")).containsExactly("s20", "s21", "s22");
        assertThat(report.path("changes").path(0).path("rule").asText()).isEqualTo("Summaries go to Opus");
        assertThat(report.path("changes").path(0).path("recordedUsd").decimalValue())
                .isEqualByComparingTo(SUMMARIES.get(0).path("usage").path("costUsd").decimalValue());
        assertThat(report.path("assumption").asText()).contains("same length");
    }

    /** Both days are meant whole; a moment is the first that is not meant any more. */
    @ParameterizedTest
    @CsvSource({"2026-11-21, 2026-11-21, s21", "2026-11-21, 2026-11-22, s21 s22",
            "2026-11-20T23:59:59.999Z, 2026-11-22T23:59:59.999Z, s20 s21",
            "2026-11-21T00:59:59.999+01:00, 2026-11-21, s20 s21", "2026-11-01, 2026-11-19, ''"})
    void aRangeIsOfDaysOrMoments(String from, String to, String changed) {
        JsonNode report = report(SHIPPED, NEW, "\"project\":\"default\",\"from\":\"" + from + "\",\"to\":\"" + to + "\"");

        assertThat(String.join(" ", report.path("changes").findValuesAsText("id"))).isEqualTo(changed);
    }

    @Test
    void theServingRulesChangeNothingAndAFileCanBeLeftOut() {
        JsonNode same = report("another.drl", "", "\"project\":\"kept\"");
        assertThat(same.path("redecided").asInt()).isEqualTo(1);
        assertThat(same.path("changed").asInt()).isZero();
        assertThat(same.path("rulesVersion").asText()).isNotEmpty();
        JsonNode none = report(SHIPPED, null, "\"project\":\"default\"");
        assertThat(none.path("leftToBandit").asInt()).isEqualTo(6);
        assertThat(none.path("cost").path("cheapestUsd").decimalValue())
                .isLessThanOrEqualTo(none.path("cost").path("changeUsd").decimalValue());
    }

    @Test
    void textsAreReadWhereTheyWereKeptAndAskedForWhereNot() {
        String reads = "rule \"Reads\" salience 99 when $route : Route() Request( prompt contains \"Sum\" ) "
                + "then $route.to(\"claude-sonnet-5-5\", \"reads\"); end";

        JsonNode kept = report("reads.drl", reads, "\"project\":\"kept\"");
        assertThat(kept.path("moves").toString())
                .isEqualTo("[{\"from\":\"claude-haiku-5-5\",\"to\":\"claude-sonnet-5-5\",\"count\":1}]");
        assertThat(kept.path("needText").asInt()).isZero();
        JsonNode lost = report("reads.drl", reads, "\"project\":\"default\"");
        assertThat(lost.path("needText").asInt()).isEqualTo(9);
        assertThat(lost.path("redecided").asInt()).isZero();
        JsonNode decidedBefore = report("reads.drl", reads, "\"project\":\"own\"");
        assertThat(decidedBefore.path("needText").asInt()).isZero();
        assertThat(decidedBefore.path("unchanged").asInt()).isEqualTo(1);
    }

    @Test
    void aProjectsOwnRulesGoBefore() {
        JsonNode report = report(SHIPPED, NEW, "\"project\":\"own\"");

        assertThat(report.path("unchanged").asInt()).isEqualTo(1);
        assertThat(report(SHIPPED, NEW, "").path("moves").path(0).path("count").asInt()).isEqualTo(5);
    }

    @Test
    void limitsThatWouldHaveBeenHitAreTold() {
        JsonNode hit = report(SHIPPED, NEW, "\"project\":\"limited\"").path("limits");

        assertThat(hit.toString()).isEqualTo("[{\"project\":\"limited\",\"period\":\"2026-11-22\",\"limitUsd\":0.1,"
                + "\"hitAt\":\"2026-11-22T23:59:59.999Z\",\"requestsOver\":1}]");
    }

    @Test
    void aBadFileIsToldAndNothingIsPutIntoForce() {
        // NEW fails the shipped cases: they tell what the shipped rules do, and are not asked.
        String version = conduit.get("/v1/rules").json().path("version").asText();
        Reply reply = backtest(SHIPPED, NEW.replace("category", "categry"), "");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("problems").path(0).path("line").asInt()).isEqualTo(4);
        assertThat(reply.json().path("problems").path(0).path("fix").asText()).contains("category");
        assertThat(backtest(SHIPPED, NEW, "").status()).isEqualTo(200);
        assertThat(conduit.get("/v1/rules").json().path("version").asText()).isEqualTo(version);
        JsonNode progress = conduit.get("/v1/rules/backtest").json();
        assertThat(progress.path("running").asBoolean()).isFalse();
        assertThat(progress.path("done").asInt()).isPositive().isEqualTo(progress.path("total").asInt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"from":"yesterday"}                                     | 400 | from
            {"from":"2026-11-22","to":"2026-11-20"}                  | 400 | from
            {"to":"2026-13-01"}                                      | 400 | to
            {"changes":-1}                                           | 400 | changes
            {"project":"nowhere"}                                    | 404 | project
            {"file":[]}                                              | 400 | file
            {"files":[{"content":""}]}                               | 400 | files[0].file
            {"files":[{"file":"a.drl"}]}                             | 400 | files[0].content
            {"files":[{"file":"nope.drl","content":null}]}           | 400 | files[0].file
            {"files":[{"file":"../a.drl","content":""}]}             | 400 | file
            {"files":[{"file":"a.drl","content":""},{"file":"a.drl","content":""}]} | 400 | files[1].file
            """)
    void aBadQuestionIsToldByItsField(String body, int status, String field) {
        Reply reply = conduit.post("/v1/rules/backtest", body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.json().path("field").asText()).isEqualTo(field);
    }
}
