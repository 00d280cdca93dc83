package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.claude.Dialogue.Flags;
import conduit.json.Json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of the CLI that was started before its call is known. It serves one call. Not for threads at a time. */
final class Spare {

    /** The most bytes that it may write before it has a prompt; what it says of itself is 6 KB. */
    private static final int MOST_BEFORE = 1 << 20;
    private static final long LOOK_EVERY = 50_000_000;
    /** As much as fits into a pipe that nobody reads yet. */
    private static final int PIPE = 32 * 1024;

    private final Path folder;
    private final Process process;
    private final GrowingLines lines;
    private final long born;
    private final Map<String, JsonNode> answers = new HashMap<>();
    private Flags flags;
    private String asked;
    private int asks;

    private Spare(Path folder, Process process, GrowingLines lines, Flags flags, long born) {
        this.folder = folder;
        this.process = process;
        this.lines = lines;
        this.flags = flags;
        this.born = born;
    }

    /**
     * Starts one.
     *
     * @param flags what the next call will probably ask for
     * @param limit the longest that its call may take
     * @param now   in nanoseconds
     */
    static Spare start(Spool spool, ClaudeCommand command, Flags flags, Duration limit, long now) throws IOException {
        Path folder = spool.createSpare();
        List<String> line = new ArrayList<>(List.of(command.executable()));
        line.addAll(command.waiting(flags.model()));
        Process process = null;
        GrowingLines lines = null;
        try {
            command.home().into(folder);
            process = ProcessGroup.builder(folder, line, command.environment(flags.maxOutputTokens(), limit)).start();
            lines = new GrowingLines(Spool.output(folder));
            Spare spare = new Spare(folder, process, lines, flags, now);
            // Also makes it go once through what it has to do when its call comes, which is quicker then.
            spare.set(flags);
            return spare;
        } catch (IOException e) {
            if (process != null) {
                ProcessGroup.kill(process.toHandle());
            }
            if (lines != null) {
                lines.close();
            }
            spool.removeSpare(folder, null);
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    Process process() {
        return process;
    }

    GrowingLines lines() {
        return lines;
    }

    /** When it was started, in nanoseconds. */
    long born() {
        return born;
    }

    /** Sets model, cap and system prompt; {@link #agrees} tells whether they hold. */
    void set(Flags wanted, String system) throws IOException {
        if (wanted.equals(flags)) {
            // It may hang since it was set.
            ask();
        } else {
            set(wanted);
        }
        if (!system.isEmpty()) {
            write(Dialogue.system("system", system));
            answers.put("system", null);
        }
    }

    private void set(Flags wanted) throws IOException {
        flags = wanted;
        asks++;
        write(Dialogue.settings("settings-" + asks, wanted));
        answers.put("settings-" + asks, null);
        ask();
    }

    /** Asks it for its settings, which nobody but itself is told of. */
    void ask() throws IOException {
        asks++;
        asked = "question-" + asks;
        write(Dialogue.question(asked));
        answers.put(asked, null);
    }

    /**
     * Waits until it has answered all that it was told and asked.
     *
     * @return whether all of it holds
     */
    boolean agrees(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            if (!read() || !alive) {
                return false;
            }
            if (!answers.containsValue(null)) {
                return flags.hold(answers.get(asked));
            }
            if (System.nanoTime() >= deadline) {
                return false;
            }
            lines.await(LOOK_EVERY);
        }
    }

    /** Whether it is alive and has said nothing that it should not. */
    boolean isWell() {
        try {
            return process.isAlive() && read();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean read() throws IOException {
        for (String line : lines.next(MOST_BEFORE)) {
            if (!answer(line)) {
                return false;
            }
        }
        return lines.bytes() < MOST_BEFORE;
    }

    /** Takes a line, which must be an answer that is no refusal, or about itself. */
    private boolean answer(String line) {
        JsonNode node;
        try {
            node = Json.tree(line);
        } catch (UncheckedIOException e) {
            return false;
        }
        if (node.path("type").asText().equals("system")) {
            return true;
        }
        JsonNode response = node.path("response");
        String id = response.path("request_id").asText();
        return node.path("type").asText().equals("control_response") && response.path("subtype").asText().equals("success")
                && answers.containsKey(id) && answers.put(id, response) == null;
    }

    /** Gives it the prompt. From the first byte on the API may be asked. */
    void send(String prompt) throws IOException {
        write(Dialogue.message(prompt));
    }

    /** What does not fit into the pipe is written beside: who writes to a process that hangs would hang, too. */
    private void write(byte[] line) throws IOException {
        OutputStream in = process.getOutputStream();
        if (line.length < PIPE) {
            in.write(line);
            in.flush();
            return;
        }
        Thread writer = new Thread(() -> {
            try {
                in.write(line);
                in.flush();
            } catch (IOException e) {
                // It ended; whoever watches it sees that.
            }
        }, "claude-input");
        writer.setDaemon(true);
        writer.start();
    }

    /** Ends it at once. */
    void end() {
        ProcessGroup.kill(process.toHandle());
        try {
            lines.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
