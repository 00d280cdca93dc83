package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

/** A project's own rules: what each operator means, and who goes before whom. */
class ProjectRulesTest {

    private static final String TARGET = "claude-fable-5-2";

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    /** All conditions are rules of one project, each for a category of its own: compiling is what takes time. */
    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        List<Arguments> rows = conditions().toList();
        put("rows", IntStream.range(0, rows.size()).mapToObj(i -> rule("r" + i, "The rule", 200, true,
                all(one("category", "=", "\"row-" + i + "\""), (String) rows.get(i).get()[0]), TARGET)).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static String one(String field, String operator, String value) {
        return "{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\",\"value\":" + value + "}";
    }

    private static String all(String... parts) {
        return "{\"type\":\"AND\",\"rules\":[" + String.join(",", parts) + "]}";
    }

    private static String any(String... parts) {
        return "{\"type\":\"OR\",\"rules\":[" + String.join(",", parts) + "]}";
    }

    /** Conditions, a request's members, and whether they match it. The prompt "12345678" has 2 tokens. */
    static Stream<Arguments> conditions() {
        String two = "\"prompt\":\"12345678\"";
        String bob = two + ",\"user\":\"bob\"";
        String flagged = two + ",\"flags\":[\"night\",\"vip\"]";
        String said = "\"prompt\":\"first line\\nIt's a \\\"Deal\\\" ${x} at 5$ \\\\ end\"";
        return Stream.of(
                of(one("tokenCount", ">", "1"), two, true), of(one("tokenCount", ">", "2"), two, false),
                of(one("tokenCount", ">=", "2"), two, true), of(one("tokenCount", "<", "2"), two, false),
                of(one("tokenCount", "<=", "2"), two, true), of(one("tokenCount", "=", "2"), two, true),
                of(one("tokenCount", "equals", "3"), two, false), of(one("tokenCount", "!=", "3"), two, true),
                of(one("tokenCount", "<", "2.5"), two, true), of(one("tokenCount", ">", "-1"), two, true),
                of(one("dailySpendUsd", "<", "0.5"), two, true), of(one("hour", ">=", "0"), two, true),
                of(one("user", "=", "\"bob\""), bob, true), of(one("user", "equals", "\"bob\""), bob, true),
                of(one("user", "=", "\"Bob\""), bob, false), of(one("user", "!=", "\"ann\""), bob, true),
                of(one("user", "!=", "\"bob\""), bob, false),
                of(one("user", "contains", "\"ob\""), bob, true), of(one("user", "contains", "\"OB\""), bob, false),
                of(one("user", "matches", "\"o\""), bob, true), of(one("user", "matches", "\"^o\""), bob, false),
                of(one("user", "matches", "\"^b.b$\""), bob, true), of(one("user", "matches", "\"B\""), bob, false),
                of(one("user", "matches", "\"a|o\""), bob, true), of(one("user", "matches", "\"(?i)BOB\""), bob, true),
                // A missing field satisfies only !=.
                of(one("user", "=", "\"bob\""), two, false), of(one("user", "!=", "\"bob\""), two, true),
                of(one("user", "contains", "\"\""), two, false), of(one("user", "matches", "\".*\""), two, false),
                of(one("agentType", "=", "\"research\""), two + ",\"agent\":{\"type\":\"research\"}", true),
                of(one("agentId", "=", "\"a1\""), two + ",\"agent\":{\"id\":\"a1\"}", true),
                of(one("session", "=", "\"s\""), two + ",\"session\":\"s\"", true),
                of(one("inlet", "=", "\"http\""), two, true),
                of(one("flags", "contains", "\"vip\""), flagged, true), of(one("flags", "contains", "\"vi\""), flagged, false),
                of(one("flags", "contains", "\"VIP\""), flagged, false), of(one("flags", "contains", "\"vip\""), two, false),
                of(one("flags", "!=", "\"vip\""), flagged, false), of(one("flags", "!=", "\"vip\""), two, true),
                of(one("message", "contains", "\"a \\\"Deal\\\" ${x}\""), said, true),
                of(one("message", "contains", "\"line\\nIt\""), said, true), of(one("prompt", "contains", "\"\\\\ end\""), said, true),
                of(one("message", "matches", "\"line.It\""), said, false),
                of(one("message", "matches", "\"^It's\""), said, false), of(one("message", "matches", "\"(?m)^It's\""), said, true),
                of(one("message", "matches", "\"\\\\d\\\\$\""), said, true), of(one("message", "matches", "\"end$\""), said, true),
                of(all(one("user", "=", "\"bob\""), one("tokenCount", ">", "5")), bob, false),
                of(any(one("user", "=", "\"ann\""), one("tokenCount", "=", "2")), bob, true),
                of(all(any(one("user", "=", "\"ann\""), one("user", "=", "\"bob\"")), one("tokenCount", "=", "2")), bob, true),
                of(all(any(one("user", "=", "\"ann\""), one("user", "=", "\"eve\"")), one("tokenCount", "=", "2")), bob, false),
                of(any(all(one("user", "=", "\"bob\""), one("tokenCount", ">", "9")), one("user", "=", "\"eve\"")), bob, false),
                of(any(one("user", "=", "\"bob\""), all(one("user", "=", "\"x\""), one("user", "=", "\"y\""))), bob, true));
    }

    static Stream<Arguments> rows() {
        List<Arguments> rows = conditions().toList();
        return IntStream.range(0, rows.size()).mapToObj(i -> of(i, rows.get(i).get()[0], rows.get(i).get()[1],
                rows.get(i).get()[2]));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aConditionMeansWhatItSays(int row, String condition, String request, boolean matches) {
        JsonNode decision = decide("rows", request + ",\"category\":\"row-" + row + "\"");
        assertThat(decision.path("model").asText().equals(TARGET)).as(decision.toString()).isEqualTo(matches);
        if (matches) {
            assertThat(decision.path("source").asText()).isEqualTo("rule");
            assertThat(decision.path("reason").asText()).contains("The rule");
        }
    }

    @Test
    void theHigherPriorityDecidesAndADisabledRuleDoesNot() {
        String always = all(one("tokenCount", ">", "0"));
        put("order", rule("low", "Low", 1, true, always, "claude-opus-4-5"), rule("high", "High", 9, true, always, TARGET),
                rule("off", "Off", 99, false, always, "claude-opus-4-8"));
        assertThat(decide("order", "\"prompt\":\"Hi\"").path("rules")).extracting(JsonNode::asText).hasSize(1)
                .first().asString().contains("High");
        assertThat(decide("order", "\"prompt\":\"Hi\"").path("model").asText()).isEqualTo(TARGET);
    }

    @Test
    void aFilesHigherRuleGoesBeforeAndOnATieTheProjectsOwn() {
        String urgent = all(one("flags", "contains", "\"urgent\""));
        put("below", rule("r", "Mine", 79, true, urgent, TARGET));
        assertThat(decide("below", "\"prompt\":\"Hi\",\"flags\":[\"urgent\"]").path("model").asText()).isEqualTo("claude-opus-5-5");
        put("tie", rule("r", "Mine", 80, true, urgent, TARGET));
        assertThat(decide("tie", "\"prompt\":\"Hi\",\"flags\":[\"urgent\"]").path("model").asText()).isEqualTo(TARGET);
    }

    @Test
    void aRuleOfOneProjectDecidesForNoOther() {
        put("mine", rule("r", "Mine", 99, true, all(one("tokenCount", ">", "0")), TARGET));
        put("yours");
        assertThat(decide("yours", "\"prompt\":\"Hi\"").path("model").asText()).isNotEqualTo(TARGET);
    }

    /** What serves can be read, and read again as a rule file. */
    @Test
    void theRulesOfAProjectCanBeReadAsARuleFile() throws Exception {
        put("told", rule("r", "Mine", 7, true, all(one("user", "=", "\"bob\"")), TARGET),
                rule("off", "Off", 1, false, all(one("user", "=", "\"eve\"")), TARGET));
        Reply text = conduit.get("/v1/projects/told/rules");

        assertThat(text.response().headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.response().body()).contains("rule \"Mine (r)\"  salience 7", "user == \"bob\"",
                "$route.to(\"" + TARGET + "\"").doesNotContain("eve");
        assertThat(conduit.post("/v1/rules/check", ConduitRig.JSON.writeValueAsString(java.util.Map.of("file", "told.drl",
                "content", text.response().body()))).json().path("ok").asBoolean()).isTrue();
    }

    /** Names and values are text, whatever they hold. */
    @Test
    void namesAndValuesCannotBecomeRuleCode() {
        String name = "x\\\" salience 999 when then System.exit(1); end //\\n\\u0022";
        String value = "\"x\\\") || eval(true) || user == (\\\"\"";
        put("code", rule("r", name, 5, true, all(one("user", "=", value)), TARGET));
        assertThat(decide("code", "\"prompt\":\"Hi\",\"user\":\"bob\"").path("model").asText()).isNotEqualTo(TARGET);
        assertThat(decide("code", "\"prompt\":\"Hi\",\"user\":" + value).path("model").asText()).isEqualTo(TARGET);
    }

    private static String rule(String id, String name, int priority, boolean enabled, String conditions, String model) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"enabled\":" + enabled + ",\"priority\":" + priority
                + ",\"conditions\":" + conditions + ",\"targetModel\":\"" + model + "\"}";
    }

    private static void put(String project, String... rules) {
        Reply reply = conduit.put("/v1/projects/" + project, "{\"defaultModel\":\"claude-haiku-5-5\",\"features\":"
                + "{\"autoRouting\":false},\"routingRules\":[" + String.join(",", rules) + "]}");
        assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    }

    private static JsonNode decide(String project, String request) {
        Reply reply = conduit.post("/v1/route", "{\"project\":\"" + project + "\"," + request + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json().path("decision");
    }
}
