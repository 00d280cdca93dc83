package conduit.rules.form.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the patterns, such as {@code Request( hour < 6 )}, that expanded lines are made of. */
final class Patterns {

    private static final Pattern REQUEST = Pattern.compile("\\s*+Request\\s*+\\(");
    private static final Pattern JOINT = Pattern.compile("\\s*+(?:(and|&&)|or|\\|\\|)(?!\\w)");
    private static final Pattern FACT = Pattern.compile("(?<![\\w.$])[A-Z]\\w*+\\s*+\\(");
    private static final Pattern ROUTE = Pattern.compile("(?<![\\w.$])Route\\s*+\\(");
    private static final Pattern KNOWN = Pattern.compile("(?<![$\\w.])[$\\w.]++\\s*+\\(\\)|\\$\\w++\\s*+:");
    private static final Pattern JOINTS = Pattern.compile("\\b(?:and|or|not|exists)\\b");

    private static final Pattern STRANGER = Pattern.compile("\\p{L}++|[-.,;\"]");

    private Patterns() {
    }

    /** Whether a pattern of the Route stands here. */
    static boolean hasRoute(String line) {
        return ROUTE.matcher(Quotes.blanked(line)).find();
    }

    /**
     * What stands in the brackets of a Request, or of several that are joined by and, or; nothing where the line is
     * more than that. Within one pattern a rule fires once, and a further line can add to it.
     */
    static Optional<String> constraint(String line) {
        String blank = Quotes.blanked(line);
        List<String> parts = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        Matcher request = REQUEST.matcher(blank);
        int at = 0;
        while (request.region(at, blank.length()).lookingAt()) {
            int close = closing(blank, request.end() - 1);
            if (close < 0) {
                return Optional.empty();
            }
            String part = line.substring(request.end(), close).strip();
            parts.add(part);
            joined.append("( ").append(part).append(" )");
            at = close + 1;
            if (blank.substring(at).isBlank()) {
                return parts.size() == 1 ? Optional.of(part)
                        : parts.stream().anyMatch(Patterns::isList) ? Optional.empty() : Optional.of(joined.toString());
            }
            Matcher joint = JOINT.matcher(blank).region(at, blank.length());
            if (!joint.lookingAt()) {
                return Optional.empty();
            }
            joined.append(joint.group(1) == null ? " || " : " && ");
            at = joint.end();
        }
        return Optional.empty();
    }

    /** Whether it is empty or has a comma of its own, with which it can't be a part of an or. */
    private static boolean isList(String constraint) {
        return constraint.isEmpty() || withoutBrackets(Quotes.blanked(constraint)).indexOf(',') >= 0;
    }

    /** The place of the bracket that closes the line's last pattern, or -1. */
    static int end(String line) {
        String blank = Quotes.blanked(line);
        Matcher fact = FACT.matcher(blank);
        int open = -1;
        while (fact.find()) {
            open = fact.end() - 1;
        }
        return closing(blank, open < 0 ? blank.indexOf('(') : open);
    }

    /** Whether nothing stands between the bracket at {@code close} and the one that it closes. */
    static boolean isEmpty(String line, int close) {
        return line.substring(0, close).stripTrailing().endsWith("(");
    }

    /**
     * What of the author's line still stands outside of all patterns and calls, where no rule can have any words: words
     * and stops, and a quote for a text in quotes.
     */
    static List<String> strangers(String expanded, String line, boolean isConsequence) {
        String bare = KNOWN.matcher(withoutBrackets(Quotes.blanked(expanded))).replaceAll(" ");
        String rest = isConsequence ? bare.replace(';', ' ') : JOINTS.matcher(bare).replaceAll(" ");
        Set<String> said = STRANGER.matcher(line).results().map(MatchResult::group).collect(Collectors.toSet());
        return STRANGER.matcher(rest).results().map(MatchResult::group).filter(said::contains).distinct().toList();
    }

    private static String withoutBrackets(String blank) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (char c : blank.toCharArray()) {
            depth -= c == ')' && depth > 0 ? 1 : 0;
            if (depth == 0) {
                outside.append(c);
            }
            depth += c == '(' ? 1 : 0;
        }
        return outside.toString();
    }

    private static int closing(String blank, int open) {
        int depth = 0;
        for (int i = open; i >= 0 && i < blank.length(); i++) {
            depth += blank.charAt(i) == '(' ? 1 : blank.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
