package conduit.claude;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What one process of the CLI is to do.
 *
 * @param folder          its folder in the {@link Spool}, not made yet
 * @param project         whose line it waits in for a place
 * @param system          the system prompt, or empty for none
 * @param maxOutputTokens the cap to which the CLI is held in each of its requests
 * @param limit           the longest that it may take, from the process' start or, if it waits for work, from its prompt
 * @param listener        who follows the answer while it is written, or null
 */
public record Call(Path folder, String project, String prompt, String system, String model, int maxOutputTokens,
                   Duration limit, Listener listener) {
}
