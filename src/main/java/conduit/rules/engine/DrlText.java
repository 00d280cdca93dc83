package conduit.rules.engine;

import conduit.rules.form.RuleProblem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a DRL text before the parser does: what would mislead the parser, or keep it busy for ever. */
final class DrlText {

    private static final String TEXT = "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"|'[^'\\\\\n]*+(?:\\\\.[^'\\\\\n]*+)*+'";
    private static final Pattern WHOLE_TEXTS = Pattern.compile(TEXT + "|//.*+|#.*+");
    private static final Pattern BLOCK_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    /** Java turns it into the character before it looks for the end of a text in quotes. */
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u");
    /** The parser tries each bracket in several ways, each of them again for the brackets inside. */
    private static final int DEEPEST = 12;

    private DrlText() {
    }

    /** The first thing that is wrong, or nothing; lines are those of the text. */
    static Optional<RuleProblem> check(String file, String text) {
        Matcher escape = UNICODE_ESCAPE.matcher(text);
        if (escape.find()) {
            return problem(file, 1 + (int) text.substring(0, escape.start()).chars().filter(c -> c == '\n').count(),
                    "A character is written as \\u….", "Type the character itself.");
        }
        if (text.replace("\r\n", "\n").indexOf('\r') >= 0) {
            return problem(file, 0, "The file has a line end of a kind that not every reader takes for one (CR).",
                    "Save it with the usual line ends.");
        }
        return checkLines(file, BLOCK_COMMENT.matcher(text).replaceAll(c -> c.group().replaceAll("[^\n]", "")));
    }

    private static Optional<RuleProblem> checkLines(String file, String text) {
        int line = 1;
        int depth = 0;
        for (String one : text.split("\n")) {
            String rest = WHOLE_TEXTS.matcher(one).replaceAll("");
            if (rest.indexOf('"') >= 0 || rest.indexOf('\u201C') >= 0 || rest.indexOf('\u201D') >= 0) {
                return problem(file, line, "The text can't be read as a rule here: a quote is not closed, or not a "
                        + "straight one (\").", "Look for a missing quote in this line.");
            }
            for (char c : rest.toCharArray()) {
                depth = c == '(' || c == '[' || c == '{' ? depth + 1 : c == ')' || c == ']' || c == '}'
                        ? Math.max(0, depth - 1) : depth;
                if (depth > DEEPEST) {
                    return problem(file, line, "Brackets are nested more than " + DEEPEST + " deep.",
                            "Look for a missing ), or write several rules.");
                }
            }
            line++;
        }
        return Optional.empty();
    }

    private static Optional<RuleProblem> problem(String file, int line, String message, String fix) {
        return Optional.of(new RuleProblem(file, line, null, message, fix));
    }
}
