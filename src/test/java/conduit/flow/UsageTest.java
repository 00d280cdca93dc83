package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import conduit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** However usage is grouped, it is the sum of the answers that were given. */
class UsageTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static final SettableClock CLOCK = new SettableClock("2026-11-20T10:00:00Z");
    private static final List<JsonNode> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start(CLOCK);
        conduit.put("/v1/projects/two", "{\"defaultModel\":\"claude-opus-5-5\",\"enabled\":false}");
        for (String day : new String[] {"2026-11-20", "2026-11-21", "2026-11-22"}) {
            CLOCK.set(day + "T23:59:59.999Z");
            ask("{\"prompt\":\"Hi\",\"category\":\"summary\",\"agent\":{\"id\":\"a1\"}}");
            ask("{\"prompt\":\"Hi [[sim:cache-read=1000]][[sim:cache-5m=200]]\",\"project\":\"two\",\"agent\":{\"id\":\"a2\"}}");
            ask("{\"prompt\":\"Hi\",\"model\":\"claude-opus-5-5\"}");
        }
        assertThat(conduit.post("/v1/complete", "{\"prompt\":\"[[sim:529]]\"}").status()).isEqualTo(503);
        eventually(() -> assertThat(conduit.query("select id from usage_tracking")).hasSize(9));
    }

    private static void ask(String body) {
        Reply reply = conduit.post("/v1/complete", body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        ANSWERS.add(reply.json());
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static JsonNode usage(String query) {
        Reply reply = conduit.get("/v1/usage?from=2026-11-20&to=2026-11-22" + query);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static BigDecimal sum(Iterable<JsonNode> rows, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            sum = sum.add(row.path(field).decimalValue());
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"day, 3", "model, 2", "project, 2", "agent, 3", "source, 3", "'day,model', 6",
            "'project,agent,source,day,model', 9"})
    void everyGroupingAddsUpToTheAnswers(String groupBy, int groups) {
        JsonNode usage = usage("&groupBy=" + groupBy);
        assertThat(usage.path("rows")).hasSize(groups);
        List<JsonNode> used = ANSWERS.stream().map(answer -> answer.path("usage")).toList();
        for (String field : new String[] {"inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens", "costUsd"}) {
            assertThat(sum(usage.path("rows"), field)).as(field).isEqualByComparingTo(sum(used, field));
            assertThat(usage.path("total").path(field).decimalValue()).as(field).isEqualByComparingTo(sum(used, field));
        }
        assertThat(sum(usage.path("rows"), "requests")).isEqualByComparingTo("9");
        assertThat(usage.path("total").path("reservedUsd").decimalValue()).isEqualByComparingTo("0");
        for (String key : groupBy.split(",")) {
            assertThat(usage.path("rows")).allSatisfy(row -> assertThat(row.has(key)).isTrue());
        }
    }

    @Test
    void bothEndsOfAPeriodAreIncludedAndAProjectIsAskedAlone() {
        JsonNode one = conduit.get("/v1/usage?from=2026-11-21&to=2026-11-21&groupBy=day").json();
        assertThat(one.path("rows")).hasSize(1);
        assertThat(one.path("rows").path(0).path("day").asText()).isEqualTo("2026-11-21");
        assertThat(one.path("rows").path(0).path("requests").asInt()).isEqualTo(3);
        assertThat(usage("&project=two&groupBy=model").path("total").path("requests").asInt()).isEqualTo(3);
        assertThat(conduit.get("/v1/usage?from=2026-11-23&to=2026-11-23").json().path("rows")).isEmpty();
        assertThat(conduit.get("/v1/usage").json().path("rows")).hasSize(3);
    }

    /** Else who asks for an hour takes the bill of the day for it. */
    @Test
    void aMomentCountsAsItsDayAndTheAnswerSaysSo() {
        JsonNode one = conduit.get("/v1/usage?from=2026-11-20T23:30:00-02:00&to=2026-11-21T09:00").json();
        assertThat(one.path("from").asText() + one.path("to").asText()).isEqualTo("2026-11-212026-11-21");
        assertThat(one.at("/total/requests").asInt()).isEqualTo(3);
        assertThat(one.path("notes")).hasSize(2).anySatisfy(note -> assertThat(note.asText()).startsWith(
                "from is the moment 2026-11-20T23:30:00-02:00, and usage is summed by whole days: all of 2026-11-21 counts"));
        assertThat(usage("").has("notes")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groupBy=colour", "groupBy=", "groupBy=day,,model", "from=yesterday", "from=2026-11-21x", "to=2026-11-21T25:00Z",
            "to=2026-13-01", "from=2026-11-22&to=2026-11-20", "groupBy=day%3Bdrop"})
    void aBadQuestionIsToldByItsParameter(String query) {
        Reply reply = conduit.get("/v1/usage?" + query);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
        assertThat(reply.json().path("field").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void anUnknownProjectIsNotFound() {
        assertThat(conduit.get("/v1/usage?project=nowhere").status()).isEqualTo(404);
    }

    /** A misspelt filter would give everybody's bill for one's own. */
    @Test
    void aQueryParameterThatNobodyReadsIsRefused() {
        for (String path : new String[] {"/v1/usage?projekt=two", "/v1/usage?groupby=model", "/v1/requests?staet=unknown"}) {
            assertThat(conduit.get(path).status()).as(path).isEqualTo(400);
        }
        assertThat(conduit.get("/v1/requests?state=completed&limit=2").json().path("requests")).hasSize(2)
                .allSatisfy(row -> assertThat(row.path("state").asText()).isEqualTo("completed"));
        assertThat(conduit.get("/v1/requests?state=running").json().path("requests")).isEmpty();
        assertThat(conduit.get("/v1/requests?state=done").json().path("detail").asText()).contains("completed, failed");
    }
}
