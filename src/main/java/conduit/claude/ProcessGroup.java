package conduit.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the CLI with all that it starts: a group of its own. */
final class ProcessGroup {

    /** How long a process may take to end once it is asked to. */
    static final Duration GRACE = Duration.ofSeconds(2);
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private ProcessGroup() {
    }

    /** What starts a command in a folder of the {@link Spool}, with this environment and no other. */
    static ProcessBuilder builder(Path folder, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(line(command)).directory(folder.toFile())
                .redirectOutput(Spool.output(folder).toFile()).redirectError(Spool.errors(folder).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("HOME", folder.resolve("home").toString());
        builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
        return builder;
    }

    /** The command in a group of its own, where the system can do that. */
    static List<String> line(List<String> command) {
        List<String> line = new ArrayList<>();
        if (isOwn()) {
            line.add(SETSID.toString());
        }
        line.addAll(command);
        return line;
    }

    /** Whether what {@link #line} starts leads a group of its own, which its number names. */
    static boolean isOwn() {
        return Files.isExecutable(SETSID);
    }

    /** TERM, then KILL, to the whole group: a grandchild must not outlive the call. */
    static void end(Process process) throws InterruptedException {
        signal(process, "TERM");
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        signal(process, "KILL");
        process.destroyForcibly();
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void signal(Process process, String name) throws InterruptedException {
        try {
            signal(process.pid(), name);
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Sends a signal to all that is left of a group. */
    static void signal(long group, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + name, "--", "-" + group)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** Ends a process and its group at once, unless it is gone. */
    static void kill(ProcessHandle process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            signal(process.pid(), "KILL");
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
