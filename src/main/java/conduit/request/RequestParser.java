package conduit.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.model.Catalogue;
import conduit.problem.Kind;
import conduit.problem.Problem;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Turns the text of a file, a body or a message into a request.
 *
 * @param maxPromptBytes the longest system and prompt together, in UTF-8 bytes; longer ones the CLI can't carry
 */
public record RequestParser(Catalogue catalogue, int maxPromptBytes) {

    /**
     * The longest prompt that the CLI carries, in UTF-16 units: it takes three of them for a token and blocks what leaves no
     * room for 20,000 output tokens in a window of a million, which is from 2,929,983 on. The system prompt is not counted.
     */
    static final int LONGEST_PROMPT = 2_900_000;
    private static final int MAX_LABEL = 200;
    private static final int MAX_FLAGS = 50;
    private static final int MAX_METADATA = 16 * 1024;

    /**
     * Where a text came from, and what it has without saying so.
     *
     * @param id      the request's id if the text names none
     * @param project the project that the place names (a subfolder of the inbox), or null
     */
    public record Origin(Inlet inlet, String id, String project) {
    }

    /**
     * Reads a request's JSON.
     *
     * @throws conduit.problem.ProblemException naming the field at fault and what is allowed
     */
    public LlmRequest json(String text, Origin origin) {
        ObjectNode root = Json.object(text);
        if (!root.hasNonNull("prompt") && root.hasNonNull("message")) {
            root.set("prompt", root.get("message"));
        }
        Fields in = Fields.of(root);
        String project = Ids.check("project", in.text("project"));
        if (origin.project() != null && project != null && !project.equals(origin.project())) {
            throw Problem.field("project", "The body names project \"" + project + "\", but its folder is project \""
                    + origin.project() + "\". Name one of them.").asException();
        }
        String id = Ids.check("id", in.text("id"));
        String prompt = in.text("prompt");
        String system = in.text("system");
        checkPrompt(in, prompt, system == null ? "" : system);
        String model = in.text("model");
        if (model != null) {
            catalogue.require("model", model);
        }
        return new LlmRequest(id == null ? origin.id() : id,
                project != null ? project : origin.project() != null ? origin.project() : "default",
                prompt, system == null ? "" : system, agent(in), label(in, "session"), label(in, "user"),
                label(in, "category"), flags(in), model, in.integer("maxOutputTokens", 1, 128_000),
                constraints(in), metadata(in), origin.inlet());
    }

    /** A request whose whole text is the prompt. */
    public LlmRequest plain(String text, Origin origin) {
        return json(Json.newObject().put("prompt", text).toString(), origin);
    }

    private void checkPrompt(Fields in, String prompt, String system) {
        if (prompt == null || prompt.chars().allMatch(RequestParser::isBlank)) {
            throw in.wrong("prompt", "a text that is not blank" + misspelt(in));
        }
        for (String field : List.of("prompt", "system")) {
            String text = field.equals("prompt") ? prompt : system;
            if (text.indexOf('\0') >= 0) {
                throw Problem.field(field, field + " holds a NUL character at position " + text.indexOf('\0')
                        + ", which can't be kept. Remove it.").asException();
            }
        }
        long bytes = (long) prompt.getBytes(StandardCharsets.UTF_8).length
                + system.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxPromptBytes) {
            throw new Problem(Kind.TOO_LARGE, "system and prompt together are " + bytes + " bytes; at most "
                    + maxPromptBytes + " are allowed.", Map.of("field", "prompt")).asException();
        }
        if (prompt.length() > LONGEST_PROMPT) {
            throw new Problem(Kind.TOO_LARGE, "prompt is " + prompt.length() + " characters (UTF-16 units); the Claude CLI "
                    + "carries at most " + LONGEST_PROMPT + ". Shorten it, or put a part of it into system.",
                    Map.of("field", "prompt")).asException();
        }
    }

    /** What the CLI takes for blank, and what Java does: a prompt of nothing else would not be sent. */
    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\ufeff';
    }

    private static String misspelt(Fields in) {
        for (var names = in.node().fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!name.equals("prompt") && name.toLowerCase(java.util.Locale.ROOT).startsWith("pr") || name.equalsIgnoreCase("message")
                    || name.equals("input") || name.equals("text")) {
                return " (did you mean prompt by \"" + (name.length() > 40 ? name.substring(0, 40) : name) + "\"?)";
            }
        }
        return "";
    }

    private static Agent agent(Fields in) {
        return in.object("agent").map(a -> new Agent(label(a, "id"), label(a, "type"))).orElse(Agent.NONE);
    }

    private static String label(Fields in, String field) {
        String text = in.text(field);
        if (text != null && (text.isBlank() || text.length() > MAX_LABEL
                || text.chars().anyMatch(Character::isISOControl))) {
            throw in.wrong(field, "1 to " + MAX_LABEL + " characters, not blank, without control characters");
        }
        return text;
    }

    private static List<String> flags(Fields in) {
        List<String> flags = in.texts("flags");
        if (flags == null) {
            return List.of();
        }
        if (flags.size() > MAX_FLAGS || flags.stream().anyMatch(f -> f.isBlank() || f.length() > MAX_LABEL)) {
            throw in.wrong("flags", "at most " + MAX_FLAGS + " texts of 1 to " + MAX_LABEL + " characters");
        }
        return flags;
    }

    private Constraints constraints(Fields in) {
        return in.object("constraints").map(c -> {
            c.checkNames(List.of("maxCostUsd", "minQuality", "maxLatencyMs", "models"));
            List<String> models = c.texts("models");
            if (models != null && models.isEmpty()) {
                throw c.wrong("models", "a list with at least one model");
            }
            if (models != null) {
                models.forEach(m -> catalogue.require(c.name("models"), m));
            }
            BigDecimal cost = c.decimal("maxCostUsd", "a number of dollars, 0 or more", BigDecimal.ZERO, null);
            BigDecimal quality = c.decimal("minQuality", "a number from 0 to 1", BigDecimal.ZERO, BigDecimal.ONE);
            return new Constraints(cost, quality == null ? null : quality.doubleValue(),
                    c.integer("maxLatencyMs", 1, Integer.MAX_VALUE), models);
        }).orElse(Constraints.NONE);
    }

    private static Map<String, Object> metadata(Fields in) {
        Fields metadata = in.object("metadata").orElse(null);
        if (metadata == null) {
            return Map.of();
        }
        if (metadata.node().toString().length() > MAX_METADATA) {
            throw in.wrong("metadata", "an object of at most " + MAX_METADATA + " characters");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> map = Json.as(metadata.node(), Map.class);
        return map;
    }
}
