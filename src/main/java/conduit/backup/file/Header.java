package conduit.backup.file;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file says of itself.
 *
 * @param project the only project in it, or null for all
 * @param schema  the version of the tables that it was made from
 */
public record Header(int version, Instant createdAt, String project, String schema) {

    /** The version that this Conduit writes and reads. */
    public static final int VERSION = 1;
    private static final String FORMAT = "conduit-backup";

    String line() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("version", version);
        map.put("createdAt", createdAt.toString());
        map.put("scope", project == null ? "all" : "project");
        map.put("project", project);
        map.put("schema", schema);
        return Json.write(map);
    }

    /** Reads a line. */
    static Header of(String line) {
        JsonNode node;
        try {
            node = Json.object(line);
        } catch (RuntimeException e) {
            throw new BadFile("is no backup of Conduit: its first line is no header");
        }
        if (!node.path("format").asText().equals(FORMAT) || !node.path("version").canConvertToInt()) {
            throw new BadFile("is no backup of Conduit: its first line is no header");
        }
        if (node.path("version").asInt() != VERSION) {
            throw new BadFile("has version " + node.path("version").asInt() + "; this Conduit reads version " + VERSION
                    + ". Restore it with the Conduit that made it");
        }
        if (!node.path("schema").asText().matches("\\d{1,8}(\\.\\d{1,8}){0,5}")) {
            throw new BadFile("has a header without the version of its tables");
        }
        try {
            return new Header(VERSION, Instant.parse(node.path("createdAt").asText()), node.path("project").textValue(),
                    node.path("schema").asText());
        } catch (DateTimeException e) {
            throw new BadFile("has a header without a moment in createdAt");
        }
    }
}
