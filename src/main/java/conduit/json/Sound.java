package conduit.json;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.problem.Problem;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Refuses values that JSON's grammar allows and that break what comes later: halves of surrogate pairs, which are no
 * characters, and numbers whose decimal form has more digits than fit into memory.
 */
final class Sound {

    private static final int MOST_DIGITS = 1_000;

    private Sound() {
    }

    static void check(JsonNode root) {
        check("", root);
    }

    private static void check(String path, JsonNode node) {
        if (node.isTextual()) {
            checkText(path, node.textValue());
        } else if (node.isNumber()) {
            checkNumber(path, node.decimalValue());
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
                checkText(path.isEmpty() ? "body" : path, member.getKey());
                check(name, member.getValue());
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + "[" + i + "]", node.get(i));
            }
        }
    }

    private static void checkText(String path, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.field(path, path + " holds half of a surrogate pair, which is no character. Remove it.")
                    .asException();
        }
    }

    private static void checkNumber(String path, BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw Problem.field(path, path + " is a number of more than " + MOST_DIGITS + " digits; it must be one of "
                    + "fewer.").asException();
        }
    }
}
