package conduit.rules.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Watches a DRL text, without comments and texts in quotes, for what keeps the grammar's parser busy for ever: it tries
 * a call, an index, a cast or a type in several ways, each of them again for those inside or behind, and looks ahead at
 * each dot of a chain. None of these has a place in a condition.
 */
final class DrlCalls {

    /** {@code Request( metadata["x"] )} is two. */
    private static final int MOST_NESTED = 3;
    private static final int MOST_CASTS = 3;
    private static final int MOST_DOTS = 50;
    /** A bracket behind these is no call. */
    private static final Set<String> NO_CALLS = Set.of("in", "and", "or", "not", "exists", "when");
    private static final Set<String> BOUNDS = Set.of("rule", "when", "then", "end");
    /** What follows a closed bracket inside of a pattern; anything else makes the bracket a cast. */
    private static final String BEHIND_BRACKET = "),&|";

    private final Deque<Boolean> open = new ArrayDeque<>();
    private final StringBuilder word = new StringBuilder();
    private String last = "";
    private boolean dotted;
    private char before;
    private int depth;
    private int dots;
    private int casts;
    private int rules;
    private int deepest;
    private boolean costly;

    void take(char c) {
        if (!Character.isWhitespace(c)) {
            boolean value = Character.isJavaIdentifierPart(c) || c == '(' || c == DrlText.TEXT_HERE.charAt(0);
            boolean cast = depth > 0 && before == ')' && BEHIND_BRACKET.indexOf(c) < 0;
            boolean type = before == '>' && !value && c != '=' && c != '-';
            casts += cast || type || before == '(' && "<>=".indexOf(c) >= 0 ? 1 : 0;
            costly |= casts > MOST_CASTS;
        }
        if (Character.isJavaIdentifierPart(c)) {
            word.append(c);
        } else {
            endOfWord();
            if (!Character.isWhitespace(c)) {
                sign(c);
            }
        }
        before = Character.isWhitespace(c) ? before : c;
    }

    private void endOfWord() {
        if (!word.isEmpty()) {
            last = word.toString();
            word.setLength(0);
            rules += last.equals("rule") ? 1 : 0;
            if (!dotted && BOUNDS.contains(last)) {
                dots = 0;
                casts = 0;
            }
            dotted = false;
        }
    }

    private void sign(char c) {
        if (c == '(' || c == '[' || c == '{') {
            boolean call = c != '(' || depth > 0 && (before == ')' || before == ']')
                    || Character.isJavaIdentifierPart(before) && !NO_CALLS.contains(last);
            open.push(call);
            depth += call ? 1 : 0;
            costly |= depth > MOST_NESTED;
            deepest = Math.max(deepest, open.size());
        } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
            depth -= open.pop() ? 1 : 0;
        } else if (c == '.' && !Character.isDigit(before)) {
            dotted = true;
            costly |= ++dots > MOST_DOTS;
        } else if (c == ';') {
            dots = 0;
        }
    }

    /** How many brackets stand in each other at most. */
    int deepest() {
        return deepest;
    }

    /** Whether the parser would need long for it. */
    boolean isCostly() {
        return costly;
    }

    /** How often the word "rule" stands there. */
    int rules() {
        return rules;
    }
}
