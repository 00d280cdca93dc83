package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the CLI is one with which it was measured that a process that waited sends what a new one does: 2.1.330 or a later
 * 2.1. Which settings it takes while it waits is written down nowhere.
 */
public record Measured(ClaudeCommand command) implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(Measured.class);
    private static final Pattern VERSION = Pattern.compile("2\\.1\\.(\\d{1,6}) \\(Claude Code\\)\\s*");
    private static final int FIRST = 330;
    private static final long PATIENCE_S = 10;
    private static final int MOST = 200;

    @Override
    public boolean getAsBoolean() {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command.executable(), "--version"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(command.passed());
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = ended ? new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8) : "";
            if (!holds(said)) {
                LOG.info("Calls start a process of the CLI each: keeping some ready was measured with Claude Code 2.1.{} "
                        + "and later in 2.1 only; conduit.claude.warm=on does it all the same", FIRST);
            }
            return holds(said);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean holds(String version) {
        Matcher said = VERSION.matcher(version);
        return said.matches() && Integer.parseInt(said.group(1)) >= FIRST;
    }
}
