package conduit.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.problem.Problem;
import conduit.problem.ProblemException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The fields of one JSON object from a stranger. Each reader gives null for a field that is absent or null, and
 * throws a {@link ProblemException} that names the field, what came and what is allowed.
 *
 * @param path the way to this object from the body's root, empty for the root itself
 */
public record Fields(String path, ObjectNode node) {

    public static Fields of(ObjectNode node) {
        return new Fields("", node);
    }

    public String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    public String text(String field) {
        return read(field, "a text", JsonNode::isTextual).map(JsonNode::textValue).orElse(null);
    }

    public Boolean flag(String field) {
        return read(field, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(null);
    }

    /** A whole number within the bounds, both included. */
    public Integer integer(String field, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return read(field, allowed, n -> n.isIntegralNumber() && n.canConvertToInt()
                && n.intValue() >= min && n.intValue() <= max).map(JsonNode::intValue).orElse(null);
    }

    /** A number of at least {@code min}; {@code allowed} says so in words. */
    public BigDecimal decimal(String field, String allowed, BigDecimal min, BigDecimal max) {
        return read(field, allowed, n -> n.isNumber() && !isOutside(n, min, max))
                .map(JsonNode::decimalValue).orElse(null);
    }

    public Optional<Fields> object(String field) {
        return read(field, "an object", JsonNode::isObject).map(n -> new Fields(name(field), (ObjectNode) n));
    }

    public List<String> texts(String field) {
        return list(field, "a text", JsonNode::isTextual)
                .map(n -> StreamSupport.stream(n.spliterator(), false).map(JsonNode::textValue).toList())
                .orElse(null);
    }

    public List<Fields> objects(String field) {
        List<Fields> all = new ArrayList<>();
        list(field, "an object", JsonNode::isObject)
                .ifPresent(n -> {
                    for (JsonNode item : n) {
                        all.add(new Fields(name(field) + "[" + all.size() + "]", (ObjectNode) item));
                    }
                });
        return all;
    }

    /**
     * Refuses a member whose name is nearly one of these: a misspelt limit must not become no limit.
     *
     * @throws ProblemException naming the member and the one that was meant
     */
    public void checkNames(List<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            String meant = known.contains(name) ? null : Nearest.of(name, known);
            if (meant != null) {
                throw Problem.field(name(name), name(name) + " is not known; did you mean " + name(meant) + "?")
                        .asException();
            }
        });
    }

    /** The problem that a field has: what came and what is allowed. */
    public ProblemException wrong(String field, String allowed) {
        JsonNode value = node.get(field);
        String came = value == null || value.isNull() ? "is missing" : "is " + shown(value);
        return Problem.field(name(field), name(field) + " " + came + "; it must be " + allowed + ".").asException();
    }

    /** @param one what each element must be, such as {@code a text} */
    private Optional<JsonNode> list(String field, String one, Predicate<JsonNode> fits) {
        Optional<JsonNode> list = read(field, "a list of " + one.replaceFirst("^an? ", "") + "s", JsonNode::isArray);
        for (int i = 0; list.isPresent() && i < list.get().size(); i++) {
            if (!fits.test(list.get().get(i))) {
                throw Problem.field(name(field), name(field) + "[" + i + "] is " + shown(list.get().get(i))
                        + "; it must be " + one + ".").asException();
            }
        }
        return list;
    }

    private Optional<JsonNode> read(String field, String allowed, Predicate<JsonNode> fits) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!fits.test(value)) {
            throw wrong(field, allowed);
        }
        return Optional.of(value);
    }

    private static boolean isOutside(JsonNode number, BigDecimal min, BigDecimal max) {
        BigDecimal value = number.decimalValue();
        return min != null && value.compareTo(min) < 0 || max != null && value.compareTo(max) > 0;
    }

    private static String shown(JsonNode value) {
        String text = value.isContainerNode() ? kind(value) : value.toString();
        return text.length() > 60 ? kind(value) + " (" + text.substring(0, 40) + "…)" : text;
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
