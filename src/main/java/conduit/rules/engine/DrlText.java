package conduit.rules.engine;

import conduit.rules.text.RuleProblem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a DRL text before the parser does: what would mislead the parser, or keep it busy for ever. */
final class DrlText {

    private static final String TEXT = "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"|'[^'\\\\\n]*+(?:\\\\.[^'\\\\\n]*+)*+'";
    /** What is no code, in the order in which it begins: a text may hold what looks like a comment, and the reverse. */
    private static final Pattern NO_CODE = Pattern.compile("(?<text>" + TEXT + ")|//[^\n]*+|/\\*(?s:.*?)\\*/");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t\\f]]");
    /** Java turns it into the character before it looks for the end of a text in quotes. */
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u");
    /** Stands for a text in quotes; no author has a use for this character. */
    static final String TEXT_HERE = "\uE000";
    private static final String CURLY_QUOTES = "\u201C\u201D\u201E\u201F\u2018\u2019\u201A\u00AB\u00BB";
    /** The parser needs little time for brackets, but its stack is finite. */
    private static final int DEEPEST = 16;
    private static final int MOST_RULES = 20_000;

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
        return checkLines(file, code(text));
    }

    /** The text without comments, and with an empty text for each text in quotes; lines stay where they are. */
    static String code(String text) {
        return NO_CODE.matcher(text).replaceAll(found -> found.group(1) != null ? TEXT_HERE
                : found.group().startsWith("//") ? " " : " " + "\n".repeat((int) found.group().chars()
                .filter(c -> c == '\n').count()));
    }

    private static Optional<RuleProblem> checkLines(String file, String code) {
        int line = 1;
        DrlCalls calls = new DrlCalls();
        for (String one : code.split("\n")) {
            Optional<Character> curly = one.chars().filter(c -> CURLY_QUOTES.indexOf(c) >= 0).mapToObj(c -> (char) c)
                    .findFirst();
            if (curly.isPresent()) {
                return problem(file, line, "The quote " + curly.get() + " is not a straight one.",
                        "Write \" before and behind each text.");
            }
            if (one.indexOf('"') >= 0 || one.indexOf('\'') >= 0) {
                return problem(file, line, "The text can't be read as a rule here: a quote is not closed.",
                        "Look for a missing quote in this line.");
            }
            if (one.indexOf('#') >= 0 || one.indexOf('`') >= 0) {
                return problem(file, line, "Here stands a # or a `, which means nothing in a rule.",
                        "Begin a remark to your colleagues with //.");
            }
            Matcher unseen = UNSEEN.matcher(one.replace(TEXT_HERE, ""));
            if (unseen.find()) {
                return problem(file, line, "Here stands a character that can't be seen (number %04X)."
                        .formatted((int) unseen.group().charAt(0)), "Delete this line and type it again.");
            }
            (one + "\n").chars().forEach(c -> calls.take((char) c));
            if (calls.deepest() > DEEPEST) {
                return problem(file, line, "Brackets are nested more than " + DEEPEST + " deep.",
                        "Look for a missing ), or write several rules.");
            }
            if (calls.isCostly()) {
                return problem(file, line, "Here calls stand in calls, or many names are joined by dots.",
                        "Compare a field with a value, such as tokenCount > 5000.");
            }
            if (calls.rules() > MOST_RULES) {
                return problem(file, 0, "The file has more than " + MOST_RULES + " rules.",
                        "Split it into several files, or write rules that cover more.");
            }
            line++;
        }
        return Optional.empty();
    }

    private static Optional<RuleProblem> problem(String file, int line, String message, String fix) {
        return Optional.of(new RuleProblem(file, line, null, message, fix));
    }
}
