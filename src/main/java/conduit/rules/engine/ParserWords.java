package conduit.rules.engine;

import conduit.rules.form.RuleProblem;
import org.drools.drl.parser.DroolsError;

/** Says in an author's words what the grammar's parser found. */
final class ParserWords {

    private ParserWords() {
    }

    static RuleProblem explain(String file, DroolsError error) {
        int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
        String message = error.getMessage().replaceAll("^\\[ERR \\d+\\] ", "").replaceAll("^Line \\d+:\\d+ ", "")
                .replaceAll("(?s)\\.? *Exception:.*", "").replaceAll("[\\s.]+$", "");
        String fix = message.contains("input '='") ? "Write == to compare."
                : message.contains("input 'and'") || message.contains("input 'or'") ? "Write && or || inside ( … )."
                : message.contains("<eof>") ? "Look for a missing 'end'."
                : "Look for a missing quote, bracket, 'then' or 'end' in this line or just before it.";
        return new RuleProblem(file, line, null, "The text can't be read as a rule here: " + message.replaceAll(
                ",? expecting one of.*", "") + ".", fix);
    }
}
