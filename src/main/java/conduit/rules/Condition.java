package conduit.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks one comparison inside {@code Request( … )}: names of fields, literals and operators. A dot, a call and an
 * index other than {@code metadata["…"]} have no place in one, so no property chain reaches Java.
 */
final class Condition {

    /** What is wrong with a comparison, and the way out. */
    record Fault(String message, String fix) {
    }

    private static final Pattern TOKEN = Pattern.compile("\\s+"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')"
            + "|(?<number>\\d+(?:\\.\\d+)?[LlBbDd]?)"
            + "|(?<word>[$A-Za-z_][$A-Za-z0-9_]*)"
            + "|(?<index>\\[)"
            + "|(?<sign>==|!=|<=|>=|&&|\\|\\||<|>|!|\\(|\\)|,|:|\\]|-)");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "not", "in", "matches", "contains",
            "excludes", "memberOf", "str");
    private static final Set<String> MODIFIERS = Set.of("startsWith", "endsWith", "length");

    private Condition() {
    }

    /** The first fault of an expression; a variable that it binds is added to {@code variables}. */
    static Optional<Fault> check(String expression, Set<String> variables) {
        Matcher token = TOKEN.matcher(expression);
        String before = "";
        int at = 0;
        while (at < expression.length()) {
            if (!token.find(at) || token.start() != at) {
                return Optional.of(new Fault("\"" + expression + "\" has \"" + expression.charAt(at)
                        + "\", which is not allowed in a condition.",
                        "Compare fields with == != < > <= >= matches contains memberOf in."));
            }
            String word = token.group("word");
            if (token.group("index") != null && !before.equals("metadata") && !before.equals("str")) {
                return Optional.of(new Fault("[ is allowed only in metadata[\"…\"].", "Write metadata[\"team\"]."));
            }
            if (word != null) {
                boolean binds = expression.startsWith(":", skipSpaces(expression, token.end()));
                Optional<Fault> fault = binds ? bind(word, variables) : checkWord(word, variables);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            if ("(".equals(token.group("sign")) && Request.FIELDS.contains(before)) {
                return Optional.of(new Fault(before + "( is a call, which is not allowed.", "Write " + before + "."));
            }
            before = token.group().isBlank() ? before : token.group();
            at = token.end();
        }
        return Optional.empty();
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Optional<Fault> bind(String word, Set<String> variables) {
        if (!word.startsWith("$")) {
            return Optional.of(new Fault("The variable \"" + word + "\" does not begin with $.", "Write $" + word + "."));
        }
        variables.add(word);
        return Optional.empty();
    }

    private static Optional<Fault> checkWord(String word, Set<String> variables) {
        if (Request.FIELDS.contains(word) || WORDS.contains(word) || MODIFIERS.contains(word)
                || variables.contains(word)) {
            return Optional.empty();
        }
        String near = nearest(word, Request.FIELDS);
        return Optional.of(new Fault("Request has no field \"" + word + "\".", near != null
                ? "Did you mean " + near + "?" : "Its fields are " + String.join(", ", Request.FIELDS) + "."));
    }

    /** The known name that differs in the fewest letters, or null if none is near. */
    static String nearest(String word, List<String> known) {
        String best = known.stream().min(Comparator.comparingInt(name -> distance(word, name))).orElseThrow();
        return distance(word, best) <= Math.max(2, best.length() / 4) ? best : null;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int cost = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row[b.length()];
    }
}
