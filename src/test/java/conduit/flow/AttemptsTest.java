package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.ConduitRig.Reply;
import conduit.SettableClock;
import conduit.attempt.Breakers;
import conduit.attempt.Windows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A request whose model fails is answered by the same or another one, and all of it is on record. */
class AttemptsTest {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final String OPUS = "claude-opus-5-5";

    private static final SettableClock CLOCK = new SettableClock("2026-11-21T12:00:00Z");

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static Plan plan;

    @BeforeAll
    static void start() throws Exception {
        plan = new Plan(home.resolve("plan"));
        conduit = ConduitRig.in(home.resolve("home")).set("conduit.claude.command", plan.command().toString())
                .set("conduit.claude.breaker.failures", "5").start(CLOCK);
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static Breakers breakers() {
        return conduit.context().getRegistry().lookupByNameAndType("breakers", Breakers.class);
    }

    @BeforeEach
    void allServe() throws Exception {
        CLOCK.tick(Duration.ofMinutes(5));
        for (String model : List.of(HAIKU, SONNET, OPUS)) {
            plan.of(model);
            Windows.clear(breakers(), model);
        }
        plan.starts();
    }

    private static void project(String id, String more) {
        Reply reply = conduit.put("/v1/projects/" + id, "{\"defaultModel\":\"" + HAIKU
                + "\",\"features\":{\"autoRouting\":false}" + more + "}");
        assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    }

    private static Reply ask(String id, String more) {
        return conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"project\":\"" + id + "\",\"prompt\":\"Hello\"" + more + "}");
    }

    private static JsonNode booked(String id) {
        return eventually(() -> {
            JsonNode request = conduit.get("/v1/requests/" + id).json();
            assertThat(request.path("state").asText()).isIn("completed", "failed");
            return request;
        });
    }

    @Test
    void anAnswerOfAnotherModelSaysWhatWasTriedAndWhatEachCost() throws Exception {
        project("other", "");
        plan.of(HAIKU, "cut", "529", "529");

        JsonNode answer = ask("other", "").json();

        assertThat(plan.starts()).isEqualTo(Map.of(HAIKU, 3, SONNET, 1));
        assertThat(answer.path("model").asText()).as(answer.toString()).isEqualTo(SONNET);
        assertThat(answer.path("decision").path("model").asText()).as("what was decided stays").isEqualTo(HAIKU);
        assertThat(answer.path("result").asText()).contains(SONNET);
        assertThat(answer.path("attempts")).extracting(a -> a.path("model").asText() + " " + a.path("failure").asText())
                .containsExactly(HAIKU + " cut-off", HAIKU + " overloaded", HAIKU + " overloaded", SONNET + " null");
        BigDecimal cut = answer.path("attempts").path(0).path("costUsd").decimalValue();
        BigDecimal own = answer.path("attempts").path(3).path("costUsd").decimalValue();
        assertThat(cut).isPositive();
        assertThat(own).isGreaterThan(cut);
        assertThat(answer.path("attempts").path(1).path("costUsd").decimalValue()).isZero();
        assertThat(answer.path("usage").path("costUsd").decimalValue()).isEqualByComparingTo(cut.add(own));

        JsonNode request = booked("other");
        assertThat(request.path("attempts")).isEqualTo(answer.path("attempts"));
        assertThat(request.path("costUsd").decimalValue()).isEqualByComparingTo(cut.add(own));
        assertThat(conduit.query("select attempt, part, model from usage_tracking where request_id = 'other' order by part"))
                .containsExactly(Map.of("attempt", 1, "part", 0, "model", HAIKU), Map.of("attempt", 4, "part", 1, "model", SONNET));
        assertThat(conduit.get("/v1/usage?project=other").json().path("total").path("requests").asInt()).isEqualTo(1);
        eventually(() -> assertThat(home.resolve("home/h2-data/spool")).isEmptyDirectory());

        assertThat(conduit.post("/v1/feedback", "{\"requestId\":\"other\",\"signal\":\"thumbs\",\"value\":\"up\"}").json()
                .path("model").asText()).as("who answered is judged").isEqualTo(SONNET);
        assertThat(conduit.query("select model from observations where request_id = 'other'")).containsExactly(Map.of("model", SONNET));
    }

    @Test
    void aModelThatComesBackAnswersItself() throws Exception {
        project("again", "");
        plan.of(HAIKU, "500", "refused");

        JsonNode answer = ask("again", "").json();

        assertThat(plan.starts()).isEqualTo(Map.of(HAIKU, 3));
        assertThat(answer.path("model").asText()).isEqualTo(HAIKU);
        assertThat(answer.path("attempts")).hasSize(3);
        assertThat(booked("again").path("state").asText()).isEqualTo("completed");
    }

    @Test
    void oneAttemptIsNotSpokenOfAndLeavesNoRow() {
        project("one", "");
        assertThat(ask("one", "").json().has("attempts")).isFalse();
        assertThat(booked("one").has("attempts")).isFalse();
        assertThat(conduit.query("select * from attempts where request_id = 'one'")).isEmpty();
    }

    @Test
    void aNamedModelABypassAndAnEmptyFallbackGoNowhereElse() throws Exception {
        project("named", "");
        project("bypass", ",\"enabled\":false");
        project("none", ",\"fallback\":[]");
        plan.of(HAIKU, "404", "404", "404");

        assertThat(ask("named", ",\"model\":\"" + HAIKU + "\"").json().path("failure").asText()).isEqualTo("model-missing");
        assertThat(ask("bypass", "").json().path("failure").asText()).isEqualTo("model-missing");
        assertThat(ask("none", "").json().path("failure").asText()).isEqualTo("model-missing");
        assertThat(plan.starts()).isEqualTo(Map.of(HAIKU, 3));
    }

    @Test
    void theProjectsOrderHoldsWithinWhatTheRequestAllows() throws Exception {
        project("order", ",\"fallback\":[\"" + OPUS + "\",\"" + SONNET + "\"]");
        plan.of(HAIKU, "404", "404");
        assertThat(ask("order", "").json().path("model").asText()).isEqualTo(OPUS);
        assertThat(conduit.post("/v1/complete", "{\"project\":\"order\",\"prompt\":\"Hello\",\"constraints\":{\"models\":[\""
                + HAIKU + "\",\"" + SONNET + "\"]}}").json().path("model").asText()).isEqualTo(SONNET);
    }

    @Test
    void whatHasNoRoomInALimitIsNotTried() throws Exception {
        project("room", ",\"costLimits\":{\"daily\":0.02}");
        plan.of(HAIKU, "404");

        Reply reply = ask("room", "");

        assertThat(reply.status()).as("a dearer model does not fit into the day").isEqualTo(502);
        assertThat(plan.starts()).isEqualTo(Map.of(HAIKU, 1));
        assertThat(booked("room").path("costUsd").decimalValue()).isZero();
        assertThat(conduit.query("select * from spending where project_id = 'room' and (reserved <> 0 or spent <> 0)")).isEmpty();
    }

    @Test
    void aRequestsOwnMostBoundsAllItsAttemptsTogether() throws Exception {
        project("most", "");
        plan.of(HAIKU, "cut");
        String worst = conduit.post("/v1/route", "{\"project\":\"most\",\"prompt\":\"Hello\"}").json().path("estimate")
                .path("worstCaseUsd").asText();

        Reply reply = ask("most", ",\"constraints\":{\"maxCostUsd\":" + worst + "}");

        assertThat(reply.json().path("failure").asText()).isEqualTo("cut-off");
        assertThat(plan.starts()).as("a second one could pass it").isEqualTo(Map.of(HAIKU, 1));
    }

    @Test
    void aModelThatIsLeftAloneCostsNoProcessAndIsProbedOnce() throws Exception {
        project("alone", "");
        Windows.fail(breakers(), HAIKU, 5);

        JsonNode answer = ask("alone", "").json();

        assertThat(plan.starts()).isEqualTo(Map.of(SONNET, 1));
        assertThat(answer.path("model").asText()).isEqualTo(SONNET);
        assertThat(answer.path("attempts").path(0).path("failure").asText()).isEqualTo("overloaded");
        assertThat(conduit.management("/observe/health")).contains(HAIKU + " failed often of late");
        assertThat(conduit.management("/observe/metrics")).contains("conduit_claude_breaker{model=\"" + HAIKU + "\"} 1.0");
        assertThat(conduit.get("/v1/models").json().path("models").path(0).path("breaker").asText()).isEqualTo("open");

        CLOCK.tick(Duration.ofSeconds(30));
        assertThat(conduit.get("/v1/models").json().path("models").path(0).path("breaker").asText()).isEqualTo("half-open");
        assertThat(conduit.post("/v1/complete", "{\"project\":\"alone\",\"prompt\":\"Probe\"}").json().path("model").asText()).isEqualTo(HAIKU);
        assertThat(conduit.get("/v1/models").json().path("models").path(0).path("breaker").asText()).isEqualTo("closed");
    }

    @Test
    void whereAllAreLeftAloneTheCallerIsToldWhenTheFirstIsProbed() throws Exception {
        project("all", ",\"fallback\":[\"" + SONNET + "\"]");
        Windows.fail(breakers(), SONNET, 5);
        CLOCK.tick(Duration.ofSeconds(10));
        Windows.fail(breakers(), HAIKU, 5);

        Reply reply = ask("all", "");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.response().headers().firstValue("Retry-After")).contains("20");
        assertThat(reply.json().path("detail").asText()).contains("left alone");
        assertThat(plan.starts()).isEmpty();
        assertThat(booked("all").path("costUsd").decimalValue()).isZero();
        CLOCK.tick(Duration.ofSeconds(30));
        assertThat(ask("all", "").status()).as("it was free, so its id runs again").isEqualTo(200);
    }

    @Test
    void theBanditChoosesAmongTheOthers() throws Exception {
        assertThat(conduit.put("/v1/projects/bandit", "{\"defaultModel\":\"" + HAIKU + "\"}").status()).isEqualTo(201);
        Windows.fail(breakers(), HAIKU, 5);
        Windows.fail(breakers(), OPUS, 5);

        JsonNode decision = conduit.post("/v1/route", "{\"project\":\"bandit\",\"prompt\":\"Hello\"}").json().path("decision");

        assertThat(decision.path("source").asText()).isEqualTo("bandit");
        assertThat(decision.path("candidates")).extracting(c -> c.path("model").asText()).containsExactly(SONNET);
        assertThat(decision.path("reason").asText()).contains("left alone", HAIKU, OPUS);
        Windows.fail(breakers(), SONNET, 5);
        assertThat(conduit.post("/v1/route", "{\"project\":\"bandit\",\"prompt\":\"Hello\"}").json().path("decision")
                .path("candidates")).as("all are as good as none").hasSize(3);
    }
}
