package conduit.claude;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of the simulated CLI, from its start to its end. */
record SimulatorRun(int exit, String out, String err) {

    static final String MODEL = "claude-haiku-5-5";

    /** Reads money without rounding it, and takes nothing but one value. */
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64_000_000).build()).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Path SIMULATOR = Path.of("src", "simulator", "claude").toAbsolutePath();

    static SimulatorRun of(String prompt) throws Exception {
        return of(prompt, Map.of(), arguments(MODEL, ""));
    }

    static SimulatorRun of(String prompt, String model) throws Exception {
        return of(prompt, Map.of(), arguments(model, ""));
    }

    static SimulatorRun of(String prompt, Map<String, String> environment, List<String> arguments) throws Exception {
        Process process = start(prompt, environment, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new SimulatorRun(process.waitFor(), out, err);
    }

    /** Starts a run and hands it the whole prompt, behind the newline that every call puts there. */
    static Process start(String prompt, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SIMULATOR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(("\n" + prompt).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A run that fails over its arguments ends without having read: its exit and its words are the finding.
        }
        return process;
    }

    /** The minimal call of the real CLI. */
    static List<String> arguments(String model, String system) {
        return List.of("-p", "--output-format", "json", "--model", model, "--bare", "--tools", "",
                "--system-prompt", system, "--no-session-persistence", "--disable-slash-commands",
                "--setting-sources", "", "--strict-mcp-config");
    }

    JsonNode json() throws IOException {
        return JSON.readTree(out);
    }

    BigDecimal cost() throws IOException {
        return json().get("total_cost_usd").decimalValue();
    }
}
