package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.claude.MessagesStub.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The real CLI's failures lead to the attempts that the table of docs/operate.md tells. */
class RealFailuresIT {

    private static final String HAIKU = "claude-haiku-5-5";
    private static final String SONNET = "claude-sonnet-5-5";

    @TempDir
    static Path home;
    private static MessagesStub api;
    private static ConduitRig conduit;
    private static int count;

    @BeforeAll
    static void start() throws Exception {
        String command = RealClaudeIT.required();
        api = new MessagesStub().answer("A text that is long enough to be cut in the middle of it");
        conduit = RealCalls.rig(home, command, api).set("conduit.claude.retries", "1").start();
        assertThat(conduit.put("/v1/projects/table", "{\"defaultModel\":\"" + HAIKU + "\",\"fallback\":[\"" + SONNET
                + "\"],\"features\":{\"autoRouting\":false}}").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        if (conduit != null) {
            conduit.close();
            api.close();
        }
    }

    private static JsonNode ask(Mode first, Mode second) {
        api.mode(HAIKU, first).mode(SONNET, second);
        return conduit.post("/v1/complete", "{\"id\":\"real-" + ++count + "\",\"project\":\"table\",\"prompt\":\"Hello\"}").json();
    }

    private static BigDecimal sum(JsonNode attempts) {
        return StreamSupport.stream(attempts.spliterator(), false).map(a -> a.path("costUsd").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST", "TOO_LARGE", "UNAUTHORIZED", "FORBIDDEN", "NO_SUCH_MODEL", "RATE_LIMITED", "OVERLOADED",
        "SERVER_ERROR", "CUT", "REFUSAL", "MAX_TOKENS"})
    void eachIsTriedAsItsRowSays(Mode mode) {
        JsonNode problem = ask(mode, mode);
        Failure failure = Failure.of(problem.path("failure").asText());
        int attempts = (1 + failure.retries(1)) * (failure.fallsBack() ? 2 : 1);
        assertThat(problem.path("status").asInt()).isEqualTo(failure.kind().status());
        assertThat(problem.path("attempts").size()).as(problem.toString()).isEqualTo(attempts == 1 ? 0 : attempts);
        assertThat(problem.path("model").asText()).isEqualTo(failure.fallsBack() ? SONNET : HAIKU);
        if (attempts > 1) {
            assertThat(problem.path("costUsd").decimalValue()).isEqualByComparingTo(sum(problem.path("attempts")));
        }
    }

    @Test
    void anOverloadedModelIsAnsweredForByTheNextOne() {
        JsonNode answer = ask(Mode.OVERLOADED, Mode.ANSWER);
        assertThat(answer.path("model").asText()).as(answer.toString()).isEqualTo(SONNET);
        assertThat(answer.path("attempts")).hasSize(3);
        assertThat(answer.path("usage").path("costUsd").decimalValue()).isEqualByComparingTo("0.003");
    }

    @Test
    void whatACutAnswerCostStandsBesideTheNextOnes() {
        JsonNode answer = ask(Mode.CUT, Mode.ANSWER);
        assertThat(answer.path("model").asText()).as(answer.toString()).isEqualTo(SONNET);
        assertThat(answer.path("attempts").path(0).path("costUsd").decimalValue()).isPositive();
        assertThat(answer.path("usage").path("costUsd").decimalValue()).isEqualByComparingTo(sum(answer.path("attempts")));
    }
}
