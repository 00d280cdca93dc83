package conduit.claude;

import conduit.claude.Dialogue.Flags;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes of the CLI that wait for their prompt, with nothing of Conduit around them: what a warm call is measured against. */
public final class WaitingCli {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 1 << 20;

    private final Spool spool;
    private final ClaudeCommand command;
    private final Flags flags;

    public WaitingCli(Path folder, ClaudeCommand command, String model, int maxOutputTokens) {
        this.spool = new Spool(folder);
        this.command = command;
        this.flags = new Flags(model, maxOutputTokens);
    }

    /**
     * Milliseconds from the prompt to the first piece of the answer.
     *
     * @param rest how long the process waits for its prompt, once it is ready
     */
    public double firstText(String prompt, Duration rest) throws IOException, InterruptedException {
        Spare spare = Spare.start(spool, command, flags, PATIENCE, 0);
        try {
            if (!spare.agrees(PATIENCE)) {
                throw new IOException("the process does not get ready");
            }
            TimeUnit.MILLISECONDS.sleep(rest.toMillis());
            long start = System.nanoTime();
            spare.send(command.input(prompt));
            long text = until(spare, "\"text_delta\"", start);
            until(spare, "\"type\":\"result\"", start);
            command.home().from(spare.folder());
            return (text - start) / 1e6;
        } finally {
            spare.end();
            spare.process().waitFor();
            spool.removeSpare(spare.folder(), null);
        }
    }

    private static long until(Spare spare, String word, long start) throws IOException, InterruptedException {
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            List<String> lines = spare.lines().next(MOST);
            long now = System.nanoTime();
            if (lines.stream().anyMatch(line -> line.contains(word))) {
                return now;
            }
            spare.lines().await(PATIENCE.toNanos());
        }
        throw new IOException("no line has " + word);
    }
}
