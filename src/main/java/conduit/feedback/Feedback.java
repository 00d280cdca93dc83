package conduit.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.request.Ids;

import java.math.RoundingMode;

/**
 * One judgement of an answer.
 *
 * @param value  as it was sent
 * @param reward the same as a fraction from 0 (useless) to 1 (right)
 */
public record Feedback(String requestId, String signal, String value, double reward, String comment) {

    private static final String SIGNALS = "\"rating\", \"thumbs\", \"quality\", \"taskSuccess\" or \"regenerated\"";
    private static final int MAX_COMMENT = 2000;

    /**
     * Reads the body of a POST.
     *
     * @throws conduit.problem.ProblemException naming the field at fault and what is allowed
     */
    public static Feedback parse(String text) {
        Fields in = Fields.of(Json.object(text));
        String id = Ids.check("requestId", in.text("requestId"));
        if (id == null) {
            throw in.wrong("requestId", "the id of a request");
        }
        String signal = in.text("signal");
        if (signal == null) {
            throw in.wrong("signal", SIGNALS);
        }
        String comment = in.text("comment");
        if (comment != null && (comment.length() > MAX_COMMENT || comment.indexOf('\0') >= 0)) {
            throw in.wrong("comment", "a text of at most " + MAX_COMMENT + " characters without NUL");
        }
        double reward = reward(in, signal);
        return new Feedback(id, signal, shown(in.node().path("value")), reward, comment);
    }

    private static String shown(JsonNode value) {
        return value.isNumber() ? value.decimalValue().setScale(6, RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString() : value.asText();
    }

    private static double reward(Fields in, String signal) {
        JsonNode value = in.node().path("value");
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        return switch (signal) {
            case "rating" -> {
                if (!(number >= 1 && number <= 5)) {
                    throw in.wrong("value", "a number from 1 to 5 for a rating");
                }
                yield (number - 1) / 4;
            }
            case "quality" -> {
                if (!(number >= 0 && number <= 1)) {
                    throw in.wrong("value", "a number from 0 to 1 for a quality");
                }
                yield number;
            }
            case "thumbs" -> switch (value.asText()) {
                case "up" -> 1;
                case "down" -> 0;
                default -> throw in.wrong("value", "\"up\" or \"down\" for thumbs");
            };
            case "taskSuccess" -> {
                if (!value.isBoolean()) {
                    throw in.wrong("value", "true or false for taskSuccess");
                }
                yield value.booleanValue() ? 1 : 0;
            }
            case "regenerated" -> {
                if (!value.isBoolean() || !value.booleanValue()) {
                    throw in.wrong("value", "true for regenerated");
                }
                yield 0;
            }
            default -> throw in.wrong("signal", SIGNALS);
        };
    }
}
