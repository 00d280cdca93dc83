package conduit.rules.warning;

import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleInfo;

/**
 * Something about rules that are right one by one, and together do what their author may not want.
 *
 * @param file      the file of the rule that it is about, or null if it is about the whole set
 * @param line      where that rule begins, from 1; of a table the row
 * @param otherFile the file of the rule with which it conflicts, or null if there is none
 * @param fix       the way out
 */
public record RuleWarning(String file, int line, String rule, String otherFile, int otherLine, String otherRule,
                          String message, String fix) {

    static RuleWarning of(Rule rule, String message, String fix) {
        RuleInfo info = rule.info();
        return new RuleWarning(info.file(), info.line(), info.name(), null, 0, null, message, fix);
    }

    static RuleWarning of(Rule rule, Rule other, String message, String fix) {
        RuleInfo info = rule.info();
        RuleInfo second = other.info();
        return new RuleWarning(info.file(), info.line(), info.name(), second.file(), second.line(), second.name(),
                message, fix);
    }

    static RuleWarning ofAll(String message, String fix) {
        return new RuleWarning(null, 0, null, null, 0, null, message, fix);
    }

    private static String place(String file, int line, String rule) {
        return file + (line > 0 ? ":" + line : "") + " in rule \"" + rule + "\"";
    }

    @Override
    public String toString() {
        return (file == null ? "" : place(file, line, rule) + (otherFile == null ? ""
                : " and " + place(otherFile, otherLine, otherRule)) + ": ") + message + " " + fix;
    }
}
