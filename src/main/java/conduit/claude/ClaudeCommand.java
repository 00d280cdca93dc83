package conduit.claude;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line and the environment of one call. No text of a sender is in either: the prompt goes to standard
 * input and the system prompt into a file, where other users of the machine can't see it and no length is too long.
 *
 * @param executable the CLI, a path or a name on PATH
 * @param bare       whether the CLI runs with an API key only ({@code --bare}); else with its user's log-in
 * @param passed     the only variables of Conduit's own environment that the CLI gets
 * @param home       what the CLI finds in its private home
 */
public record ClaudeCommand(String executable, boolean bare, Map<String, String> passed, HomeFile home) {

    private static final List<String> STREAMED = List.of("-p", "--output-format", "stream-json", "--verbose",
            "--include-partial-messages");

    public ClaudeCommand {
        passed = Map.copyOf(passed);
    }

    public ClaudeCommand(String executable, boolean bare, Map<String, String> passed) {
        this(executable, bare, passed, new HomeFile());
    }

    /**
     * The arguments, without the executable.
     *
     * @param system the file of the system prompt, or null for none
     */
    public List<String> arguments(String model, Path system) {
        return arguments(List.of("-p", "--output-format", "json"), model, system);
    }

    /** The same for a call whose text is followed while it comes: the output is lines. */
    public List<String> streamed(String model, Path system) {
        return arguments(STREAMED, model, system);
    }

    /** The arguments of a process that waits for its prompt, and is told system prompt, model and cap then. */
    List<String> waiting(String model) {
        List<String> args = arguments(STREAMED, model, null);
        args.addAll(1, List.of("--input-format", "stream-json"));
        return args;
    }

    private List<String> arguments(List<String> form, String model, Path system) {
        List<String> args = new ArrayList<>(form);
        args.addAll(List.of("--model", model));
        if (bare) {
            args.add("--bare");
        }
        // Without any system prompt the CLI would tell the model its folder.
        args.addAll(system == null ? List.of("--system-prompt", "")
                : List.of("--system-prompt-file", system.toString()));
        args.addAll(List.of("--tools", "", "--no-session-persistence", "--disable-slash-commands",
                "--setting-sources", "", "--strict-mcp-config"));
        return args;
    }

    /** The whole environment. */
    public Map<String, String> environment(int maxOutputTokens, Duration timeout) {
        Map<String, String> env = new LinkedHashMap<>(passed);
        env.put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", Integer.toString(maxOutputTokens));
        env.put("API_TIMEOUT_MS", Long.toString(timeout.toMillis()));
        env.put("CLAUDE_CODE_MAX_RETRIES", "0");
        env.put("CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK", "1");
        // A refusal would be asked for, and paid for, a second time.
        env.put("CLAUDE_CODE_DISABLE_REFUSAL_RETRY", "1");
        // One-shot calls read nothing back from the cache, and writing to it costs a quarter more.
        env.put("DISABLE_PROMPT_CACHING", "1");
        env.put("CLAUDE_CODE_DISABLE_ATTACHMENTS", "1");
        env.put("CLAUDE_CODE_ATTRIBUTION_HEADER", "0");
        env.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        env.put("DISABLE_TELEMETRY", "1");
        env.put("DISABLE_AUTOUPDATER", "1");
        env.put("DISABLE_ERROR_REPORTING", "1");
        return env;
    }

    /** The prompt as the CLI must get it: behind a newline, or one such as "/help" would be taken for a command. */
    public String input(String prompt) {
        return "\n" + prompt;
    }
}
