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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.of;

/** Projects: every field comes back as it was put, every bad one is told, and each setting does what it says. */
class ProjectApiTest {

    private static final String FULL = """
            {"id": "full", "enabled": true, "defaultModel": "claude-opus-5-5",
             "routingRules": [{"id": "r1", "name": "Long ones", "enabled": true, "priority": 7,
               "conditions": {"type": "OR", "rules": [{"field": "tokenCount", "operator": ">", "value": 100},
                 {"type": "AND", "rules": [{"field": "user", "operator": "=", "value": "ann"}]}]},
               "targetModel": "claude-haiku-5-5"}],
             "costLimits": {"daily": 1.5, "monthly": null},
             "features": {"autoRouting": false, "costTracking": true, "usageAnalytics": false},
             "onLimit": "degrade", "rollout": 42, "storePrompts": true, "fallback": ["claude-sonnet-5-5", "claude-haiku-5-5"], "minQuality": 0.7}""";

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @Test
    void everyFieldComesBackAsItWasPut() throws Exception {
        Reply put = conduit.put("/v1/projects/full", FULL);
        assertThat(put.status()).as(put.response().body()).isEqualTo(201);
        JsonNode read = conduit.get("/v1/projects/full").json();
        assertThat(withoutScale(read)).isEqualTo(withoutScale(ConduitRig.JSON.readTree(FULL)));
        assertThat(conduit.put("/v1/projects/full", FULL).status()).isEqualTo(200);
        assertThat(conduit.get("/v1/projects").json().path("projects")).extracting(p -> p.path("id").asText())
                .contains("default", "full");
    }

    /** 1.500000 and 1.5 are one number. */
    private static JsonNode withoutScale(JsonNode node) throws Exception {
        return ConduitRig.JSON.readTree(node.toString().replaceAll("(\\.\\d*?[1-9])0+(?=[,}])", "$1"));
    }

    @Test
    void theSeededProjectHasEveryField() {
        JsonNode project = conduit.get("/v1/projects/default").json();
        for (String field : new String[] {"id", "enabled", "defaultModel", "routingRules", "costLimits", "features",
                "onLimit", "rollout", "storePrompts", "fallback", "minQuality"}) {
            assertThat(project.has(field)).as(field).isTrue();
        }
        assertThat(project.path("costLimits").has("daily")).isTrue();
        assertThat(project.path("costLimits").path("daily").isNull()).isTrue();
    }

    private static String rule(String rule) {
        return "{\"defaultModel\":\"claude-haiku-5-5\",\"routingRules\":[" + rule + "]}";
    }

    private static String condition(String condition) {
        return rule("{\"name\":\"A\",\"targetModel\":\"claude-haiku-5-5\",\"conditions\":{\"rules\":[" + condition + "]}}");
    }

    static Stream<Arguments> bad() {
        String one = "\"conditions\":{\"rules\":[{\"field\":\"user\",\"operator\":\"=\",\"value\":\"x\"}]}";
        String base = "\"defaultModel\":\"claude-haiku-5-5\",";
        return Stream.of(
                of("{}", "defaultModel"), of("{\"enabled\":true,\"defaultModel\":null}", "defaultModel"),
                of("{\"defaultModel\":\"gpt\"}", "defaultModel"), of("{\"defaultModel\":3}", "defaultModel"),
                of("{" + base + "\"id\":\"other\"}", "id"), of("{" + base + "\"enabled\":\"yes\"}", "enabled"),
                of("{" + base + "\"costLimits\":{\"daily\":-0.01}}", "costLimits.daily"),
                of("{" + base + "\"costLimits\":{\"monthly\":-1}}", "costLimits.monthly"),
                of("{" + base + "\"costLimits\":{\"daily\":\"5\"}}", "costLimits.daily"),
                of("{" + base + "\"costLimits\":{\"daily\":2,\"monthly\":1}}", "costLimits.daily"),
                of("{" + base + "\"costLimits\":5}", "costLimits"), of("{" + base + "\"features\":[]}", "features"),
                of("{" + base + "\"features\":{\"autoRouting\":1}}", "features.autoRouting"),
                of("{" + base + "\"features\":{\"costTracking\":\"no\"}}", "features.costTracking"),
                of("{" + base + "\"features\":{\"usageAnalytics\":0}}", "features.usageAnalytics"),
                of("{" + base + "\"onLimit\":\"stop\"}", "onLimit"), of("{" + base + "\"rollout\":101}", "rollout"),
                of("{" + base + "\"rollout\":-1}", "rollout"), of("{" + base + "\"rollout\":9.5}", "rollout"),
                of("{" + base + "\"storePrompts\":\"yes\"}", "storePrompts"),
                of("{" + base + "\"minQuality\":1.1}", "minQuality"), of("{" + base + "\"routingRules\":{}}", "routingRules"),
                of(rule("{\"targetModel\":\"claude-haiku-5-5\"," + one + "}"), "routingRules[0].name"),
                of(rule("{\"name\":\" \",\"targetModel\":\"claude-haiku-5-5\"," + one + "}"), "routingRules[0].name"),
                of(rule("{\"name\":\"A\"," + one + "}"), "routingRules[0].targetModel"),
                of(rule("{\"name\":\"A\",\"targetModel\":\"haiku\"," + one + "}"), "routingRules[0].targetModel"),
                of(rule("{\"name\":\"A\",\"targetModel\":\"claude-haiku-5-5\"}"), "routingRules[0].conditions"),
                of(rule("{\"name\":\"A\",\"targetModel\":\"claude-haiku-5-5\",\"conditions\":{\"rules\":[]}}"),
                        "routingRules[0].conditions.rules"),
                of(rule("{\"name\":\"A\",\"priority\":\"high\",\"targetModel\":\"claude-haiku-5-5\"," + one + "}"),
                        "routingRules[0].priority"),
                of(condition("{\"field\":\"colour\",\"operator\":\"=\",\"value\":\"x\"}"),
                        "routingRules[0].conditions.rules[0].field"),
                of(condition("{\"field\":\"user\",\"operator\":\"~\",\"value\":\"x\"}"),
                        "routingRules[0].conditions.rules[0].operator"),
                of(condition("{\"field\":\"tokenCount\",\"operator\":\">\",\"value\":\"5\"}"),
                        "routingRules[0].conditions.rules[0].value"),
                of(condition("{\"field\":\"message\",\"operator\":\"matches\",\"value\":\"(\"}"),
                        "routingRules[0].conditions.rules[0].value"),
                of(condition("{\"field\":\"user\",\"operator\":\"=\"}"), "routingRules[0].conditions.rules[0].value"),
                of(condition("{\"type\":\"XOR\",\"rules\":[{\"field\":\"user\",\"operator\":\"=\",\"value\":\"x\"}]}"),
                        "routingRules[0].conditions.rules[0].type"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadFieldIsToldAndNothingIsStored(String body, String field) {
        Reply reply = conduit.put("/v1/projects/bad", body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
        assertThat(reply.json().path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("detail").asText()).containsPattern("must be|Known models|can.t be used as an expression");
        assertThat(conduit.get("/v1/projects/bad").status()).isEqualTo(404);
    }

    @Test
    void theTestOfAProjectTellsEachCheck() {
        conduit.put("/v1/projects/tested", FULL.replace("\"full\"", "\"tested\""));
        JsonNode result = conduit.post("/v1/projects/tested/test", "").json();
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("checks")).isNotEmpty().allSatisfy(check -> {
            assertThat(check.path("name").asText()).isNotBlank();
            assertThat(check.path("ok").asBoolean()).isTrue();
            assertThat(check.path("detail").asText()).isNotBlank();
        });
        assertThat(conduit.post("/v1/projects/nowhere/test", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"defaultModel":"claude-haiku-5-5","costLimit":{"daily":10}}       | costLimits
            {"defaultModel":"claude-haiku-5-5","costLimits":{"dayly":10}}      | costLimits.daily
            {"defaultModel":"claude-haiku-5-5","features":{"autorouting":true}} | features.autoRouting
            """)
    void aMisspeltLimitNeverBecomesNoLimit(String body, String meant) {
        var reply = conduit.put("/v1/projects/misspelt", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).endsWith("did you mean " + meant + "?");
        assertThat(conduit.get("/v1/projects/misspelt").status()).isEqualTo(404);
    }

    @Test
    void aDisabledProjectBypassesToItsDefaultAndIsStillAccounted() {
        conduit.put("/v1/projects/off", "{\"enabled\":false,\"defaultModel\":\"claude-haiku-5-5\"}");
        conduit.put("/v1/projects/off-none", "{\"enabled\":false}");
        JsonNode answer = conduit.post("/v1/complete",
                "{\"prompt\":\"Hi\",\"project\":\"off\",\"flags\":[\"urgent\",\"confidential\"]}").json();
        assertThat(answer.path("decision").path("source").asText()).isEqualTo("bypass");
        assertThat(answer.path("model").asText()).isEqualTo("claude-haiku-5-5");
        eventually(() -> assertThat(conduit.get("/v1/usage?project=off&groupBy=source").json().path("rows").path(0)
                .path("source").asText()).isEqualTo("bypass"));
        assertThat(decision("off-none", "\"user\":\"u\"").path("model").asText()).isEqualTo("claude-sonnet-5-5");
        assertThat(decision("off", "\"model\":\"claude-opus-5-5\"").path("model").asText()).isEqualTo("claude-opus-5-5");
    }

    @Test
    void withoutAutoRoutingTheDefaultServesWhereNoRuleChooses() {
        conduit.put("/v1/projects/no-bandit",
                "{\"defaultModel\":\"claude-opus-5-5\",\"features\":{\"autoRouting\":false}}");
        for (int i = 0; i < 20; i++) {
            JsonNode decision = decision("no-bandit", "\"user\":\"u" + i + "\"");
            assertThat(decision.path("source").asText()).isEqualTo("default");
            assertThat(decision.path("model").asText()).isEqualTo("claude-opus-5-5");
        }
        assertThat(decision("no-bandit", "\"category\":\"summary\"").path("source").asText()).isEqualTo("rule");
    }

    @Test
    void aRolloutOfTenServesTenPercentOfUsersAndAlwaysTheSame() {
        conduit.put("/v1/projects/rolled", "{\"defaultModel\":\"claude-haiku-5-5\",\"rollout\":10}");
        boolean[] first = routed("user");
        long served = IntStream.range(0, first.length).filter(i -> first[i]).count();
        assertThat(served / (double) first.length).isCloseTo(0.10, within(0.03)); // 4 standard errors
        assertThat(routed("user")).isEqualTo(first);
        conduit.put("/v1/projects/rolled", "{\"defaultModel\":\"claude-haiku-5-5\",\"rollout\":30}");
        boolean[] more = routed("user");
        assertThat(IntStream.range(0, first.length).filter(i -> first[i] && !more[i])).as("left out again").isEmpty();
    }

    private static boolean[] routed(String label) {
        boolean[] routed = new boolean[2000];
        IntStream.range(0, routed.length).parallel().forEach(i -> routed[i] =
                !decision("rolled", "\"" + label + "\":\"person-" + i + "\"").path("source").asText().equals("bypass"));
        return routed;
    }

    private static JsonNode decision(String project, String more) {
        Reply reply = conduit.post("/v1/route", "{\"prompt\":\"Hi\",\"project\":\"" + project + "\"," + more + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json().path("decision");
    }
}
