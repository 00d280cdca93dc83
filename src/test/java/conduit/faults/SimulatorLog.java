package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the simulator itself says that it was asked and charged. */
final class SimulatorLog {

    private final Map<String, List<Invocation>> byKey = new LinkedHashMap<>();

    /**
     * One process of the simulator.
     *
     * @param costUsd what it charged, rounded as the ledger does; null where it never came to its end
     */
    record Invocation(String key, BigDecimal costUsd) {

        boolean isFree() {
            return costUsd != null && costUsd.signum() == 0;
        }
    }

    static SimulatorLog read(Path file) throws IOException {
        SimulatorLog log = new SimulatorLog();
        Map<String, BigDecimal> ends = new LinkedHashMap<>();
        Map<String, String> starts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode entry = ConduitRig.JSON.readTree(line);
            String process = entry.path("pid").asText() + " " + entry.path("session").asText();
            if (entry.path("event").asText().equals("start")) {
                starts.put(process, entry.path("key").asText());
            } else {
                ends.put(process, new BigDecimal(entry.path("costUsd").asText()).setScale(6, RoundingMode.HALF_UP));
            }
        }
        starts.forEach((process, key) -> log.byKey.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new Invocation(key, ends.get(process))));
        return log;
    }

    /** The invocations of a key in the order of their starts. */
    List<Invocation> of(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    Map<String, List<Invocation>> all() {
        return byKey;
    }

    BigDecimal charged() {
        return byKey.values().stream().flatMap(List::stream).filter(i -> i.costUsd() != null)
                .map(Invocation::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
