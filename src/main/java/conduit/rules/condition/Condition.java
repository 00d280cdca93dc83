package conduit.rules.condition;

import conduit.rules.fact.Request;
import conduit.json.Nearest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks one comparison inside {@code Request( … )}: names of fields, literals and operators. A dot, a call and an
 * index other than {@code metadata["…"]} have no place in one, so no property chain reaches Java; and what is compared
 * must be of one kind, so that nothing that a sender writes makes a rule fail.
 */
public final class Condition {

    /** What is wrong with a comparison, and the way out. */
    public record Fault(String message, String fix) {
    }

    private static final Pattern TOKEN = Pattern.compile("\\s+"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')"
            + "|(?<number>\\d+(?:\\.\\d+)?)"
            + "|(?<word>[$A-Za-z_][$A-Za-z0-9_]*)"
            + "|(?<index>\\[)"
            + "|(?<sign>==|!=|<=|>=|&&|\\|\\||<|>|!|\\(|\\)|,|:|\\]|-)");
    private static final Pattern COLON = Pattern.compile("\\s*:");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "not", "in", "matches", "contains",
            "excludes", "memberOf", "str");
    private static final Set<String> MODIFIERS = Set.of("startsWith", "endsWith");

    private final String expression;
    private final Set<String> variables;
    private final Comparison comparison = new Comparison();
    private String before = "";

    private Condition(String expression, Set<String> variables) {
        this.expression = expression;
        this.variables = variables;
    }

    /** The first fault of an expression; a variable that it binds is added to {@code variables}. */
    public static Optional<Fault> check(String expression, Set<String> variables) {
        return new Condition(expression, variables).check();
    }

    private Optional<Fault> check() {
        Matcher token = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!token.find(at) || token.start() != at) {
                return fault("\"" + expression + "\" has \"" + expression.charAt(at) + "\", which is not allowed in a "
                        + "condition.", "Compare fields with == != < > <= >= matches contains memberOf in.");
            }
            if (!token.group().isBlank()) {
                Optional<Fault> fault = checkToken(token);
                if (fault.isPresent()) {
                    return fault;
                }
                before = token.group();
            }
            at = token.end();
        }
        return comparison.isComplete() ? Optional.empty() : fault("\"" + expression + "\" compares nothing.",
                "Write a comparison such as tokenCount > 5000 or user == \"ann\".");
    }

    private Optional<Fault> checkToken(Matcher token) {
        if (before.equals("matches") && token.group("text") == null) {
            return fault("Behind matches stands no text in quotes.", "Write prompt matches \".*contract.*\".");
        }
        if (token.group("index") != null && !before.equals("metadata") && !before.equals("str")) {
            return fault("[ is allowed only in metadata[\"…\"].", "Write metadata[\"team\"].");
        }
        if ("(".equals(token.group("sign")) && Request.FIELDS.contains(before)) {
            return fault(before + "( is a call, which is not allowed.", "Write " + before + ".");
        }
        if (before.equals("metadata") && token.group("index") == null) {
            return fault("metadata is read by name.", "Write metadata[\"team\"] == \"blue\".");
        }
        String word = token.group("word");
        if (word != null) {
            boolean binds = COLON.matcher(expression).region(token.end(), expression.length()).lookingAt();
            return binds ? bind(word) : checkWord(word);
        }
        return comparison.next(token.group(), token.group("text") != null, token.group("number") != null, before);
    }

    private Optional<Fault> bind(String word) {
        if (!word.startsWith("$")) {
            return fault("The variable \"" + word + "\" does not begin with $.", "Write $" + word + ".");
        }
        variables.add(word);
        comparison.binds();
        return Optional.empty();
    }

    private Optional<Fault> checkWord(String word) {
        if (Request.FIELDS.contains(word)) {
            comparison.field(word);
            return Optional.empty();
        }
        if (variables.contains(word)) {
            comparison.variable();
            return Optional.empty();
        }
        if (WORDS.contains(word) || MODIFIERS.contains(word) && before.equals("[")) {
            return comparison.next(word, false, false, before);
        }
        List<String> known = Request.FIELDS;
        String near = Nearest.of(word, known);
        return fault("Request has no field \"" + word + "\".", near != null ? "Did you mean " + near + "?"
                : "Its fields are " + String.join(", ", known) + ".");
    }

    private static Optional<Fault> fault(String message, String fix) {
        return Optional.of(new Fault(message, fix));
    }
}
