package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;
import conduit.settings.Keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** Calls of the command line in this JVM, at a fixed moment: a Saturday, 10:15 in Berlin. */
final class Calls {

    private final Properties settings = new Properties();
    private String input = "";
    private boolean terminal;
    private Supplier<Backtests> database = () -> {
        throw new Unable("There is no database here.");
    };

    private Supplier<Place> answers = () -> {
        throw new Unable("There is no database here.");
    };

    /** What came of a call. */
    record Ran(int exit, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        JsonNode json() {
            return Json.object(out);
        }
    }

    Calls set(String key, String value) {
        settings.setProperty(key, value);
        return this;
    }

    Calls input(String text) {
        input = text;
        return this;
    }

    Calls atATerminal() {
        terminal = true;
        return this;
    }

    Calls database(Supplier<Backtests> other) {
        database = other;
        return this;
    }

    Calls answers(Supplier<Place> other) {
        answers = other;
        return this;
    }

    Ran run(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new Cli(new World(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, false, StandardCharsets.UTF_8),
                terminal, Keys.load(Map.of(), settings), Clock.fixed(Instant.parse("2026-11-21T09:15:00Z"),
                ZoneId.of("Europe/Berlin")), database, make -> {
                    throw new Unable("There is no database here.");
                }, answers, "1.2.3"))
                .run(List.of(words).stream().map(Object::toString).toArray(String[]::new));
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String file, String... lines) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(file), String.join("\n", lines) + "\n");
    }

    /** A rule in one line. */
    static String rule(String name, int salience, String conditions, String action) {
        return "rule \"" + name + "\" salience " + salience + " when $route : Route() Request( " + conditions
                + " ) then $route." + action + "; end";
    }
}
