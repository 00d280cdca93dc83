package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Rules follow their files while Conduit runs, and a mistake in one never takes the rules away. */
class RuleReloadTest {

    private static final String URGENT = "{\"prompt\":\"Hi\",\"flags\":[\"urgent\"]}";
    private static final String SUMMARY = "{\"prompt\":\"Hi\",\"category\":\"summary\"}";

    @TempDir
    Path home;
    private ConduitRig conduit;
    private Path file;
    private Path note;
    private String good;

    @BeforeEach
    void start() throws Exception {
        conduit = ConduitRig.in(home);
        // Its examples would forbid the edits.
        Files.delete(home.resolve("rules/routing.cases.csv"));
        conduit.start();
        file = home.resolve("rules/routing.drl");
        note = home.resolve("rules/routing.drl.error.txt");
        good = Files.readString(file);
    }

    @AfterEach
    void stop() {
        conduit.close();
    }

    private JsonNode decide(String request) {
        return conduit.post("/v1/route", request).json().path("decision");
    }

    private String urgentGoesTo() {
        return decide(URGENT).path("model").asText();
    }

    private String edited() {
        return good.replace("$route.to(\"claude-opus-5-5\", \"flagged urgent\")",
                "$route.to(\"claude-opus-4-8\", \"flagged urgent, edited\")");
    }

    @Test
    void anEditDecidesAndSoDoANewFileAndItsDeletion() throws Exception {
        String version = decide(URGENT).path("rulesVersion").asText();
        Files.writeString(file, edited());
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-opus-4-8"));
        assertThat(decide(URGENT).path("reason").asText()).isEqualTo("flagged urgent, edited");
        assertThat(decide(URGENT).path("rulesVersion").asText()).isNotEqualTo(version);
        Path more = home.resolve("rules/more.drl");
        Files.writeString(more, """
                rule "Urgent summaries go to Haiku"  salience 99
                when  $route : Route()  Request( flags contains "urgent" )
                then  $route.to("claude-haiku-5-5", "more");
                end
                """);
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-haiku-5-5"));
        Files.delete(more);
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-opus-4-8"));
    }

    @Test
    void aBrokenFileLeavesTheLastGoodRulesAndTellsItsLineUntilItIsMended() throws Exception {
        int line = good.lines().toList().indexOf("then  $route.to(\"claude-opus-5-5\", \"flagged urgent\");") + 1;
        assertThat(line).isPositive();
        Files.writeString(file, good.replace("\"flagged urgent\");", "\"flagged urgent\";"));
        eventually(() -> assertThat(note).content().contains("routing.drl:" + line));
        assertThat(Files.readString(note)).contains("the last good version of this file serves")
                .containsPattern("routing\\.drl:\\d+.*: .{20,}");
        assertThat(urgentGoesTo()).isEqualTo("claude-opus-5-5");
        assertThat(decide(SUMMARY).path("model").asText()).isEqualTo("claude-haiku-5-5");
        JsonNode problem = conduit.get("/v1/rules").json().path("problems").path(0);
        assertThat(problem.path("file").asText()).isEqualTo("routing.drl");
        assertThat(problem.path("line").asInt()).isEqualTo(line);
        assertThat(problem.path("message").asText()).isNotBlank();
        assertThat(problem.path("fix").asText()).isNotBlank();
        assertThat(conduit.management("/observe/health")).contains("routing.drl:" + line);
        Files.writeString(file, edited());
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-opus-4-8"));
        eventually(() -> assertThat(note).doesNotExist());
        assertThat(conduit.get("/v1/rules").json().path("problems")).isEmpty();
        assertThat(conduit.management("/observe/health")).doesNotContain("routing.drl");
    }

    @Test
    void anUnknownModelIsAProblemOfTheFile() throws Exception {
        Files.writeString(file, good.replace("claude-haiku-5-5\", \"simple text work", "haiku\", \"simple text work"));
        eventually(() -> assertThat(note).content().contains("haiku").contains("claude-haiku-5-5"));
        assertThat(decide(SUMMARY).path("model").asText()).isEqualTo("claude-haiku-5-5");
    }

    @Test
    void aRestartWithABrokenFileServesItsLastGoodVersion() throws Exception {
        Files.writeString(file, edited());
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-opus-4-8"));
        conduit.stop();
        Files.writeString(file, "rule \"cut off");
        conduit.start();
        assertThat(urgentGoesTo()).isEqualTo("claude-opus-4-8");
        assertThat(note).exists();
        Files.writeString(file, good);
        eventually(() -> assertThat(urgentGoesTo()).isEqualTo("claude-opus-5-5"));
    }
}
