package conduit.bench;

import conduit.claude.ClaudeCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulator run by a bare ProcessBuilder: the command line and the environment that Conduit gives it, no more. */
final class Direct {

    private static final int MAX_OUTPUT = 4096;

    private final List<String> line = new ArrayList<>();
    private final Map<String, String> environment;
    private final Path folder;
    private final Path input;
    private final AtomicInteger threads = new AtomicInteger();

    Direct(Path home, String model, String prompt) throws IOException {
        ClaudeCommand command = new ClaudeCommand(home.resolve("src/simulator/claude").toString(), true,
                Map.of("PATH", System.getenv("PATH")));
        line.add(command.executable());
        line.addAll(command.arguments(model, null));
        environment = command.environment(MAX_OUTPUT, Duration.ofSeconds(120));
        folder = Files.createDirectories(home.resolve("direct"));
        input = Files.writeString(folder.resolve("stdin"), command.input(prompt));
    }

    /** Runs it a number of times, one after the other; returns each run's milliseconds. */
    Samples repeat(int times) throws IOException, InterruptedException {
        int thread = threads.incrementAndGet();
        Path output = folder.resolve("stdout-" + thread);
        Path errors = folder.resolve("stderr-" + thread);
        Samples samples = new Samples();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder(line).redirectInput(input.toFile())
                    .redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            int exit = builder.start().waitFor();
            samples.add((System.nanoTime() - start) / 1e6);
            if (exit != 0 || Files.size(output) == 0) {
                throw new IOException("the simulator exited with " + exit + ": " + Files.readString(errors));
            }
        }
        return samples;
    }
}
