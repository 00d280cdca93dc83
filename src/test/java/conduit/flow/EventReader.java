package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events as a client does, one after the other. */
public final class EventReader {

    private final BufferedReader lines;
    private final List<String> comments = new ArrayList<>();

    /** One event; its data is one line of JSON here. */
    public record Event(String name, String data) {

        public JsonNode json() {
            try {
                return ConduitRig.JSON.readTree(data);
            } catch (IOException e) {
                throw new AssertionError(data, e);
            }
        }
    }

    public EventReader(InputStream body) {
        this(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }

    EventReader(BufferedReader lines) {
        this.lines = lines;
    }

    /** The next event, or null at the end. */
    public Event next() throws IOException {
        String name = null;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && name != null) {
                return new Event(name, data);
            } else if (line.startsWith(":")) {
                comments.add(line);
            } else if (line.startsWith("event: ") && name == null) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && data == null) {
                data = line.substring("data: ".length());
            } else if (!line.isEmpty()) {
                throw new AssertionError("no line of an event: " + line);
            }
        }
        return null;
    }

    /** All further events. */
    public List<Event> rest() throws IOException {
        List<Event> events = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            events.add(event);
        }
        return events;
    }

    /** The lines so far that are meant for nobody. */
    public List<String> comments() {
        return comments;
    }

    /** What the deltas say together. */
    public static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream().filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.json().path("text").asText()));
        return text.toString();
    }
}
