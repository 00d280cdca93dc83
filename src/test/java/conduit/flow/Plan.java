package conduit.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A CLI that fails as planned, model by model: a script before the simulator. */
final class Plan {

    private final Path folder;

    /** @param folder where the script, the plans and the count of its starts are */
    Plan(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(command(), """
                #!/bin/sh
                model= before=
                for word in "$@"; do
                  [ "$before" = --model ] && model=$word
                  before=$word
                done
                [ -n "$model" ] && echo "$model" >> %1$s/starts
                if [ -s %1$s/$model ]; then
                  read -r CLAUDE_SIMULATOR_FAIL < %1$s/$model
                  sed -i 1d %1$s/$model
                  [ "$CLAUDE_SIMULATOR_FAIL" = gone ] && exit 127
                  [ "$CLAUDE_SIMULATOR_FAIL" = flag ] && { echo "error: unknown option" >&2; exit 1; }
                  export CLAUDE_SIMULATOR_FAIL
                fi
                exec %2$s "$@"
                """.formatted(folder, Path.of("src/simulator/claude").toAbsolutePath()));
        command().toFile().setExecutable(true);
    }

    Path command() {
        return folder.resolve("claude");
    }

    /** How a model's next calls end, one after the other; those behind them answer. */
    void of(String model, String... ends) throws IOException {
        Files.write(folder.resolve(model), List.of(ends));
    }

    /** The starts since the last look, by model. */
    Map<String, Integer> starts() throws IOException {
        Map<String, Integer> starts = new HashMap<>();
        Path file = folder.resolve("starts");
        for (String model : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            starts.merge(model, 1, Integer::sum);
        }
        Files.deleteIfExists(file);
        return starts;
    }
}
