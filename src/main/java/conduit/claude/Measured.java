package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the CLI is one with which it was measured that a process that waited sends what a new one does: 2.1.330 or a later
 * 2.1. Which settings it takes while it waits is written down nowhere.
 *
 * @param folder where it is asked for its version
 */
public record Measured(ClaudeCommand command, Path folder) implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(Measured.class);
    private static final Pattern VERSION = Pattern.compile("2\\.1\\.(\\d{1,6}) \\(Claude Code\\)\\s*");
    private static final int FIRST = 330;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public boolean getAsBoolean() {
        boolean measured = false;
        try {
            measured = holds(ShortRun.of(List.of(command.executable(), "--version"), command.passed(), folder, PATIENCE).output());
        } catch (IOException e) {
            LOG.debug("The CLI does not tell its version", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!measured) {
            LOG.info("Calls start a process of the CLI each: keeping some ready was measured with Claude Code 2.1.{} and "
                    + "later in 2.1 only; conduit.claude.warm=on does it all the same", FIRST);
        }
        return measured;
    }

    static boolean holds(String version) {
        Matcher said = VERSION.matcher(version);
        return said.matches() && Integer.parseInt(said.group(1)) >= FIRST;
    }
}
