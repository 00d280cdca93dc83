package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.cli.Calls.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static conduit.cli.Calls.rule;
import static conduit.cli.Calls.write;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code rules explain} says of one request. */
class ExplainCommandTest {

    @TempDir
    Path folder;
    private Path a;
    private Path b;

    @BeforeEach
    void rules() throws Exception {
        b = write(folder, "b.drl", rule("Opus", 10, "flags contains \"urgent\"", "to(\"claude-opus-5-5\", \"urgent\")"),
                rule("Secret", 90, "flags contains \"secret\"", "deny(\"stays in the house\")"));
        a = write(folder, "a.drl", rule("Night", 10, "hour < 6", "to(\"claude-haiku-5-5\", \"nobody waits\")"),
                rule("Spent", 50, "dailySpendUsd > 20", "among(\"over 20 dollars\", \"claude-haiku-5-5\")"),
                rule("Legal", 60, "prompt contains \"contract\"", "category(\"legal\")"));
    }

    @Test
    void theDecisionIsToldAndThenEachRuleInRank() {
        Ran ran = new Calls().run("rules", "explain", folder, "--prompt", "A contract", "--at", "2026-11-21T05:59");

        assertThat(ran.lines()).containsExactly("It goes to claude-haiku-5-5 by \"Night\": nobody waits.",
                "Its category is legal.", "",
                "did not match  " + b + ":2  \"Secret\": flags contains \"secret\", but flags is []",
                "took part      " + a + ":3  \"Legal\"",
                "did not match  " + a + ":2  \"Spent\": dailySpendUsd > 20, but dailySpendUsd is 0.0",
                "decided        " + a + ":1  \"Night\"",
                "did not match  " + b + ":1  \"Opus\": flags contains \"urgent\", but flags is []");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void onEqualSalienceTheFilesNameDecidesAndNotTheOrderOfTheWords() {
        Ran ran = new Calls().input("{\"prompt\":\"x\",\"flags\":[\"urgent\"]}").run("rules", "explain", b, a, "-", "--at",
                "2026-11-21T05:59");

        assertThat(ran.lines().get(0)).contains("by \"Night\"");
        assertThat(ran.out()).contains("not asked      " + b + ":1");
    }

    @Test
    void withoutAMomentItIsNowInConduitsZone() throws Exception {
        write(folder, "a.drl", rule("Now", 1, "hour == 10, dayOfWeek == \"SATURDAY\"", "category(\"now\")"));

        assertThat(new Calls().run("rules", "explain", a, "--prompt", "x").out()).contains("took part");
    }

    @Test
    void whatWasSpentCountsForTheMonthToo() throws Exception {
        write(folder, "a.drl", rule("Both", 1, "dailySpendUsd == 3.5, monthlySpendUsd == 3.5", "category(\"x\")"),
                rule("Month", 1, "dailySpendUsd == 3.5, monthlySpendUsd == 10", "category(\"y\")"));

        assertThat(new Calls().run("rules", "explain", a, "--prompt", "x", "--spent-today", "3.50").out())
                .contains("Its category is x.");
        assertThat(new Calls().run("rules", "explain", a, "--prompt", "x", "--spent-today", "3.50", "--spent-this-month",
                "10").out()).contains("Its category is y.");
    }

    @Test
    void aDenialIsAnAnswer() throws Exception {
        Path request = write(folder, "request.json", "\uFEFF{\"prompt\":\"x\",\"flags\":[\"secret\"]}");

        Ran ran = new Calls().run("rules", "explain", b, request);

        assertThat(ran.lines().get(0)).isEqualTo("It is denied by \"Secret\": stays in the house.");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aModelOutsideOfAnEarlierFenceIsDeniedAsAServerDoes() {
        Ran ran = new Calls().input("{\"prompt\":\"x\",\"flags\":[\"urgent\"]}").run("rules", "explain", folder, "-",
                "--spent-today", "21");

        assertThat(ran.lines().get(0)).startsWith("It is denied by \"Opus\": it sends the request to claude-opus-5-5")
                .contains("over 20 dollars");
    }

    @Test
    void whereNoRuleDecidesItSaysWhoDoes() {
        Ran ran = new Calls().run("rules", "explain", folder, "--prompt", "@x", "--spent-today", "21");

        assertThat(ran.lines()).startsWith("No rule decides: over 20 dollars.",
                "A model that the request asks for answers; else one that Conduit draws among claude-haiku-5-5.");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void jsonHoldsTheOutcomeAndEachRule() {
        Ran ran = new Calls().run("rules", "explain", "--json", folder, "--prompt", "x", "--at", "2026-11-21T03:00");

        JsonNode json = ran.json();
        assertThat(json.path("outcome").asText()).isEqualTo("model");
        assertThat(json.path("model").asText()).isEqualTo("claude-haiku-5-5");
        assertThat(json.path("rule").asText()).isEqualTo("Night");
        assertThat(json.path("reason").asText()).isEqualTo("nobody waits");
        JsonNode first = json.path("rules").path(0);
        assertThat(first.path("file").asText()).isEqualTo(b.toString());
        assertThat(first.path("role").asText()).isEqualTo("did not match");
        assertThat(first.path("failed").path("condition").asText()).isEqualTo("flags contains \"secret\"");
        assertThat(first.path("failed").path("facts").path("flags").isArray()).isTrue();
        assertThat(json.path("rules").path(3).path("role").asText()).isEqualTo("decided");
    }

    @Test
    void withAProblemNothingIsDecided() throws Exception {
        write(folder, "b.drl", rule("Opus", 10, "flag contains \"urgent\"", "to(\"claude-opus-5-5\", \"urgent\")"));

        Ran ran = new Calls().run("rules", "explain", "--json", folder, "--prompt", "x");

        assertThat(ran.json().path("ok").booleanValue()).isFalse();
        assertThat(ran.json().path("problems").path(0).path("file").asText()).isEqualTo(b.toString());
        assertThat(ran.err()).isEqualTo("not ok: 1 problem, so nothing is decided\n");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void casesThatFailKeepNobodyFromAsking() throws Exception {
        write(folder, "a.cases.csv", "hour,model", "3,claude-opus-5-5");

        assertThat(new Calls().run("rules", "explain", a, "--prompt", "x").exit()).isZero();
    }

    @Test
    void twoFilesOfOneNameCantBeOneSet() throws Exception {
        Path other = write(folder.resolve("draft"), "a.drl", "");

        Ran ran = new Calls().run("rules", "explain", a, other, "--prompt", "x");

        assertThat(ran.err()).contains("have one name").hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(2);
    }
}
