package conduit.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conduit.claude.CliState.Fault;
import conduit.claude.CliState.Sound;
import conduit.claude.CliState.Unsound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the CLI for its version and its credentials, in a private HOME and TMPDIR and with the environment of a call. No
 * model is asked, nothing is sent, nothing is spent: .02 s of CPU for {@code --version}, .2 s for {@code auth status},
 * which is asked until it has said yes once. A log-in that lapses afterwards is told by the calls that fail.
 */
public final class CliCheck {

    private static final Pattern VERSION = Pattern.compile("(?m)^(\\d{1,6}\\.\\d{1,6}\\.\\d{1,6})\\S* \\(([^)]*)\\)");
    private static final String SIMULATOR = "Conduit simulator";
    private static final int MOST_SAID = 120;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClaudeCommand command;
    private final Versions known;
    private final Path folder;
    private final Duration limit;
    private boolean credentials;

    /**
     * @param folder made and removed by each look
     * @param limit  the longest that the CLI may take for one answer
     */
    public CliCheck(ClaudeCommand command, Versions known, Path folder, Duration limit) {
        this.command = command;
        this.known = known;
        this.folder = folder.toAbsolutePath().normalize();
        this.limit = limit;
    }

    /** What the CLI is now. Takes at most twice the limit. */
    public synchronized CliState look() throws InterruptedException {
        Unsound lost = find();
        if (lost != null) {
            return lost;
        }
        try {
            remove();
            for (String each : List.of("home", "tmp")) {
                Files.createDirectories(folder.resolve(each));
            }
            return version(run(List.of("--version")));
        } catch (IOException | UncheckedIOException e) {
            return new Unsound(Fault.NO_ANSWER, "the Claude CLI can't be started (" + e.getClass().getSimpleName()
                    + "): see that h2-data is writable, and that claude --version works for Conduit's user");
        } finally {
            remove();
        }
    }

    private Unsound find() {
        String path = command.passed().getOrDefault("PATH", "");
        List<Path> places = command.executable().contains("/") ? List.of(Path.of(command.executable()))
                : Stream.of(path.split(":")).filter(each -> !each.isEmpty())
                        .map(each -> Path.of(each, command.executable())).toList();
        if (places.stream().anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file))) {
            return null;
        }
        return places.stream().anyMatch(Files::exists)
                ? new Unsound(Fault.NOT_EXECUTABLE, "the Claude CLI is no file that Conduit's user may execute: make it "
                        + "executable, or set conduit.claude.command to the one that is")
                : new Unsound(Fault.MISSING, "the Claude CLI is not found: install it, or set conduit.claude.command to "
                        + "where it is");
    }

    private CliState version(ShortRun answer) throws IOException, InterruptedException {
        Matcher said = VERSION.matcher(answer.output());
        if (answer.exit() != 0 || !said.find()) {
            return new Unsound(Fault.NO_ANSWER, "the Claude CLI does not tell its version: --version "
                    + (answer.exit() < 0 ? "did not end within " + limit.toSeconds() + " s, or printed without end"
                    : "ended with status " + answer.exit()) + said(answer.output())
                    + ". See that it works by hand for Conduit's user, or install it again");
        }
        String version = said.group(1);
        if (!known.hold(version)) {
            return new Unsound(Fault.UNKNOWN_VERSION, "the Claude CLI is of version " + version + ", and this Conduit "
                    + "knows " + known + ": calls may fail, or cost other than what is booked. Install one of those, or "
                    + "Conduit anew; or try yours, and set conduit.claude.versions so that it holds it");
        }
        return said.group(2).equals(SIMULATOR) || credentials ? new Sound(version) : credentials(version);
    }

    /** Only a clear no counts: a CLI that does not know the question may have its credentials all the same. */
    private CliState credentials(String version) throws IOException, InterruptedException {
        JsonNode status = status(run(command.bare() ? List.of("--bare", "auth", "status") : List.of("auth", "status")));
        boolean denied = status.path("loggedIn").isBoolean() && !status.path("loggedIn").asBoolean();
        // It takes a blank key for a log-in, and does not look for a token that it uses in a call.
        boolean blank = status.path("authMethod").asText().equals("api_key") && has("ANTHROPIC_API_KEY") == null;
        if ((denied || blank) && has("ANTHROPIC_AUTH_TOKEN") == null) {
            return new Unsound(Fault.NO_CREDENTIALS, command.bare()
                    ? "the Claude CLI has no API key: start Conduit with ANTHROPIC_API_KEY in its environment, or with "
                    + "conduit.claude.auth=login where the CLI is logged in"
                    : "the Claude CLI is not logged in: log it in as Conduit's user, with that user's HOME (claude auth "
                    + "login), or start Conduit with CLAUDE_CODE_OAUTH_TOKEN in its environment");
        }
        credentials = true;
        return new Sound(version);
    }

    private String has(String name) {
        String value = command.passed().get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static JsonNode status(ShortRun answer) {
        int start = answer.output().indexOf('{');
        try {
            return start < 0 ? JSON.nullNode() : JSON.readTree(answer.output().substring(start));
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }

    private ShortRun run(List<String> arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.executable()));
        line.addAll(arguments);
        Map<String, String> environment = new HashMap<>(command.environment(1, limit));
        environment.putIfAbsent("HOME", folder.resolve("home").toString());
        environment.put("TMPDIR", folder.resolve("tmp").toString());
        return ShortRun.of(line, environment, folder, limit);
    }

    /** The first line, without paths, which callers of the API need not know. */
    private static String said(String output) {
        String line = output.lines().filter(each -> !each.isBlank()).findFirst().orElse("").strip()
                .replaceAll("\\S*/\\S*", "…").replaceAll("\\p{Cntrl}", "");
        return line.isEmpty() ? "" : " (\"" + (line.length() > MOST_SAID ? line.substring(0, MOST_SAID) + "…" : line) + "\")";
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The next look tries again.
        }
    }
}
