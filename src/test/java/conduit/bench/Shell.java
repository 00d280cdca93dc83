package conduit.bench;

import conduit.claude.ClaudeCommand;
import conduit.claude.WaitingCli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The CLI called by hand: {@code claude -p …} in a shell, with the flags and the environment that Conduit gives it. */
final class Shell {

    private static final int MAX_OUTPUT = 4096;
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;
    private final Map<String, String> environment;
    private final Path script;
    private final WaitingCli waiting;

    Shell(Path home, String executable, String api, String model, String prompt) throws IOException {
        ClaudeCommand command = new ClaudeCommand(executable, true, Map.of("PATH", System.getenv("PATH"),
                "ANTHROPIC_BASE_URL", api, "ANTHROPIC_API_KEY", "sk-loopback"));
        folder = Files.createDirectories(home.resolve("direct"));
        waiting = new WaitingCli(folder.resolve("waiting"), command, model, MAX_OUTPUT);
        environment = command.environment(MAX_OUTPUT, Duration.ofSeconds(120));
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        Files.writeString(folder.resolve("prompt"), command.input(prompt));
        StringBuilder line = new StringBuilder("exec '" + executable + "'");
        command.arguments(model, null).forEach(argument -> line.append(" '").append(argument).append("'"));
        script = Files.writeString(folder.resolve("call.sh"), line + " <prompt >answer.$1\n");
    }

    /** The same command line as a process that waits for its prompt. */
    WaitingCli waiting() {
        return waiting;
    }

    /** Calls it a number of times, one after the other; returns each call's milliseconds. */
    Samples repeat(int times) throws IOException, InterruptedException {
        Samples samples = new Samples();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            run(List.of("sh", script.toString(), "0"));
            samples.add((System.nanoTime() - start) / 1e6);
        }
        if (!Files.readString(folder.resolve("answer.0")).contains("\"is_error\":false")) {
            throw new IOException("no answer came: " + Files.readString(folder.resolve("answer.0")));
        }
        return samples;
    }

    /** Calls it a number of times by {@code xargs -P}; returns the calls a second. */
    double together(int processes, int times) throws IOException, InterruptedException {
        long start = System.nanoTime();
        run(List.of("sh", "-c", "seq " + times + " | xargs -P " + processes + " -n 1 sh " + script));
        return times / ((System.nanoTime() - start) / 1e9);
    }

    private void run(List<String> line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(folder.resolve("errors").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IOException("the CLI exited with " + exit + ": " + Files.readString(folder.resolve("errors")));
        }
    }

    /** CPU seconds of all processes that this one has started and that have ended. */
    static double childrenCpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(new String[] {fields[13], fields[14]}).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
    }
}
