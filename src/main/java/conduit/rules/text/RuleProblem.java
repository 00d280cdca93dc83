package conduit.rules.text;

/**
 * What is wrong with a rule file, in its author's words.
 *
 * @param line from 1; of a table the row; 0 if unknown
 * @param rule the rule's name, or null
 * @param fix  the way out
 */
public record RuleProblem(String file, int line, String rule, String message, String fix) {

    /** The same problem at the line of the author's file from which the DRL line comes. */
    public RuleProblem at(Expansion expansion) {
        return new RuleProblem(file, expansion.line(line), rule, message, fix);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (rule == null ? "" : " in rule \"" + rule + "\"") + ": "
                + message + " " + fix;
    }
}
