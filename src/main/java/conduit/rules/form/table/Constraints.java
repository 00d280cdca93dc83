package conduit.rules.form.table;

import conduit.project.Conditions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comparisons inside of {@code Request( … )}, as text. */
final class Constraints {

    private static final Set<String> LONG_TEXTS = Set.of("prompt", "message", "system");
    private static final Pattern WORD = Pattern.compile("[$A-Za-z_]\\w*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*(\\w+)\\s*==[^|&]*");
    private static final Pattern ENTRY_EQUALITY = Pattern.compile("\\s*metadata\\s*\\[[^\\]]*\\]\\s*==[^|&]*");
    private static final Pattern SEARCH = Pattern.compile("\\b(contains|excludes|memberOf|str)\\b");
    private static final Pattern PATTERN = Pattern.compile("(?s)\\s*(?:(\\$\\w+)\\s*:\\s*)?Request\\s*\\((.*)\\)\\s*");

    private Constraints() {
    }

    /** What stands inside of one {@code Request( … )}. */
    record Inside(String variable, List<String> constraints) {
    }

    /** The constraints of a pattern that is a Request and nothing else, or null if it is something else. */
    static Inside inside(String pattern) {
        Matcher request = PATTERN.matcher(pattern);
        if (!request.matches() || !isWhole(request.group(2))) {
            return null;
        }
        return new Inside(request.group(1), split(request.group(2)));
    }

    /**
     * What the engine can look up comes first, then what it compares quickly, then what reads a whole prompt. Where
     * many rules are asked, the other way round is slower by a factor of ten.
     */
    static List<String> ordered(List<String> constraints) {
        return constraints.stream().sorted(Comparator.comparingInt(Constraints::cost)).toList();
    }

    private static int cost(String constraint) {
        String plain = withoutTexts(constraint);
        List<String> words = WORD.matcher(plain).results().map(m -> m.group()).toList();
        if (words.stream().anyMatch(LONG_TEXTS::contains)) {
            return words.contains("matches") ? 7 : 6;
        }
        if (plain.matches("(?s)\\s*\\$\\w+\\s*:.*")) {
            return 0;
        }
        if (words.contains("matches")) {
            return 5;
        }
        if (SEARCH.matcher(plain).find()) {
            return 4;
        }
        Matcher equality = EQUALITY.matcher(plain);
        boolean number = words.stream().anyMatch(Conditions.NUMBERS::contains);
        return equality.matches() && !number ? 1 : ENTRY_EQUALITY.matcher(plain).matches() ? 2 : 3;
    }

    /** The text with every text in quotes emptied; an open quote stays. */
    static String withoutTexts(String text) {
        StringBuilder rest = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = c == '"' || c == '\'' ? endOfText(text, i) : -1;
            rest.append(c);
            if (end > 0) {
                rest.append(c);
            }
            i = end > 0 ? end + 1 : i + 1;
        }
        return rest.toString();
    }

    /** Where the text that begins at a quote ends, or -1. */
    private static int endOfText(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(start)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether each bracket is closed, in order, and no text is left open. */
    static boolean isWhole(String text) {
        int depth = 0;
        for (char c : withoutTexts(text).toCharArray()) {
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int end = endOfText(text, i);
                i = end > 0 ? end : text.length();
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            } else {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            }
        }
        parts.add(text.substring(start).strip());
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }
}
