package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private static final Pattern OTHER = Pattern.compile("(\\d{1,6}\\.\\d{1,6}\\.\\d{1,6})\\S* \\(Claude Code\\)");
    private static final int FIRST = 330;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public boolean getAsBoolean() {
        String said = "";
        try {
            said = ShortRun.of(List.of(command.executable(), "--version"), command.passed(), folder, PATIENCE).output();
        } catch (IOException e) {
            LOG.debug("The CLI does not tell its version", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        remark(said).ifPresent(LOG::info);
        return holds(said);
    }

    /** What to tell of a CLI for which it was not measured. Of one that is missing or broken the check tells. */
    static Optional<String> remark(String version) {
        Matcher other = OTHER.matcher(version);
        return holds(version) || !other.lookingAt() ? Optional.empty() : Optional.of("No processes of the Claude CLI are "
                + "kept ready: that was measured with Claude Code 2.1." + FIRST + " and later in 2.1, and this is "
                + other.group(1) + ". Calls take longer, as each starts its own; conduit.claude.warm=on keeps some ready "
                + "all the same");
    }

    static boolean holds(String version) {
        Matcher said = VERSION.matcher(version);
        return said.matches() && Integer.parseInt(said.group(1)) >= FIRST;
    }
}
