package conduit.rules.form.sentence;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The left side of a dictionary's entry: plain text with {@code {variables}}, made a pattern of RE2, which takes time
 * in proportion to the line whatever its author writes. Capitals and runs of white space do not matter. A variable takes
 * as little as fits and never the half of a text in quotes.
 *
 * @param shown     as it is shown to authors, without the expressions of its variables
 * @param pattern   its first group is what the entry replaces
 * @param variables the names, in their order
 * @param groups    the group of each of them
 * @param words     those of the text, in small letters, the longest first; where one is missing, nothing can fit
 */
record LeftSide(String shown, Pattern pattern, List<String> variables, List<Integer> groups, List<String> words) {

    static final int MOST_VARIABLES = 20;
    private static final int LONGEST_EXPRESSION = 200;
    private static final int LARGEST_PROGRAM = 5_000;
    private static final int MOST_REPEATS = 1_000;
    private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");
    private static final String EDGE = "[^\\pL\\pN_]";
    private static final String QUOTED = "(?:[^\"\\\\]|\\\\.)*";

    /** @throws DictionaryFault if this can't be a left side */
    static LeftSide of(String text) {
        return new Reader(text.strip()).read();
    }

    private static final class Reader {

        private final String text;
        private final StringBuilder shown = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private final StringBuilder regex = new StringBuilder();
        private final List<String> words = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Integer> groups = new ArrayList<>();
        private int group = 1;
        private boolean quoted;
        /** What the sentence must end with: its edge, nothing, or its end where a free variable stands last. */
        private String end = "";
        private String start = "(?:^|" + EDGE + ")";

        Reader(String text) {
            this.text = text;
        }

        LeftSide read() {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '{') {
                    int close = closing(text, i);
                    variable(text.substring(i + 1, close));
                    i = close + 1;
                } else {
                    i += c == '\\' ? escape(i) : plain(c, i);
                }
            }
            flush();
            if (words.isEmpty()) {
                throw new DictionaryFault("A sentence without any word of its own would fit everything.",
                        "Write at least one word beside the variables.");
            }
            return new LeftSide(shown.toString(), compile(start + "(" + regex + ")" + end), names, groups,
                    words.stream().distinct().sorted(Comparator.comparingInt(String::length).reversed()).toList());
        }

        private int plain(char c, int i) {
            String sign = text.startsWith("(?", i) ? "(?" : text.startsWith(".*", i) ? ".*"
                    : text.startsWith(".+", i) ? ".+" : c == '}' ? "}" : null;
            if (sign != null) {
                throw new DictionaryFault("The left side is plain text, in which \"" + sign + "\" means nothing else.",
                        "Write the words, and {a variable} for what changes.");
            }
            literal.append(c);
            return 1;
        }

        private int escape(int i) {
            if (i + 1 == text.length() || Character.isLetterOrDigit(text.charAt(i + 1))) {
                throw new DictionaryFault("The left side is plain text, in which \"" + text.substring(i, Math.min(i + 2,
                        text.length())) + "\" means nothing.", "Write the words. One space fits any white space.");
            }
            literal.append(text.charAt(i + 1));
            return 2;
        }

        private void flush() {
            String part = literal.toString();
            literal.setLength(0);
            if (part.isEmpty()) {
                return;
            }
            if (regex.isEmpty() && !isWord(part.charAt(0))) {
                start = "";
            }
            shown.append(part.replaceAll("\\s+", " "));
            quoted ^= part.chars().filter(c -> c == '"').count() % 2 == 1;
            String dash = regex.isEmpty() && part.startsWith("-") ? "-\\s*" : "";
            String rest = dash.isEmpty() ? part : part.substring(1).stripLeading();
            regex.append(dash).append(Character.isWhitespace(rest.isEmpty() ? 'x' : rest.charAt(0)) ? "\\s+" : "");
            if (!dash.isEmpty()) {
                words.add("-");
            }
            List<String> found = Arrays.stream(rest.split("\\s+")).filter(word -> !word.isEmpty()).toList();
            found.forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
            regex.append(String.join("\\s+", found.stream().map(w -> "(?i:" + Pattern.quote(w) + ")").toList()));
            if (!found.isEmpty() && Character.isWhitespace(part.charAt(part.length() - 1))) {
                regex.append("\\s+");
            }
            end = isWord(part.charAt(part.length() - 1)) ? "(?:" + EDGE + "|$)" : "";
        }

        private void variable(String inner) {
            flush();
            int colon = inner.indexOf(':');
            String name = colon < 0 ? inner : inner.substring(0, colon);
            if (!name.matches("[\\p{L}\\p{N}_]{1,40}") || names.contains(name) || names.size() == MOST_VARIABLES) {
                throw new DictionaryFault("{" + name + "} can't be a variable here.", "A variable's name has letters "
                        + "and digits only, occurs once on the left side, and is one of at most " + MOST_VARIABLES + ".");
            }
            shown.append('{').append(name).append('}');
            names.add(name);
            groups.add(++group);
            if (colon < 0) {
                regex.append(quoted ? "(" + QUOTED + "?)" : "((?:[^\"\\\\]|\\\\.|\"" + QUOTED + "\")*?)");
                end = "\\s*$";
            } else {
                String expression = inner.substring(colon + 1);
                group += checked(name, expression).groupCount();
                regex.append('(').append(expression).append(')');
                end = "(?:" + EDGE + "|$)";
            }
        }

        private static Pattern checked(String name, String expression) {
            long repeats = REPEAT.matcher(expression).results().mapToLong(found -> {
                String most = found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
                return most.length() > 4 ? MOST_REPEATS + 1 : Math.max(1, Long.parseLong(most));
            }).reduce(1, (a, b) -> Math.min(a * b, MOST_REPEATS + 1));
            if (expression.length() > LONGEST_EXPRESSION || repeats > MOST_REPEATS || expression.isBlank()) {
                throw new DictionaryFault("The expression of {" + name + "} is too large, or empty.",
                        "Write a shorter one, such as {" + name + ":\\d+}, or none.");
            }
            return compile(expression);
        }

        private static Pattern compile(String expression) {
            try {
                Pattern pattern = Pattern.compile(expression);
                if (pattern.programSize() > LARGEST_PROGRAM) {
                    throw new DictionaryFault("The sentence is too large.", "Write a shorter one.");
                }
                return pattern;
            } catch (PatternSyntaxException e) {
                throw new DictionaryFault("\"" + expression + "\" is not an expression that is known here: "
                        + e.getDescription() + ".", "Write a simple one, such as {n:\\d+}, or leave it out.");
            }
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
    }

    /** The place of the brace that closes the one at {@code open}. */
    static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw new DictionaryFault("A brace { is not closed.", "Write } behind the variable's name, or \\{ for the "
                + "character itself.");
    }
}
