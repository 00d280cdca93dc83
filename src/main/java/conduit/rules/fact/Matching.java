package conduit.rules.fact;

import conduit.expression.Deadline;
import conduit.expression.Expression;
import conduit.expression.OvertimeException;
import conduit.expression.Subject;

import java.util.IdentityHashMap;
import java.util.Map;

/** The regular expressions of one decision: compiled once a rule set, and bounded in time. */
public final class Matching {

    private final Map<String, Expression> compiled;
    private final Deadline deadline;
    private final Map<String, Subject> subjects = new IdentityHashMap<>();
    private String slow;

    /**
     * @param compiled by the expression's text
     * @param deadline when the decision must be made
     */
    public Matching(Map<String, Expression> compiled, Deadline deadline) {
        this.compiled = compiled;
        this.deadline = deadline;
    }

    boolean fits(String text, String expression) {
        Expression known = compiled.get(expression);
        try {
            return (known != null ? known : Expression.compile(expression)).fits(subject(text), deadline);
        } catch (OvertimeException e) {
            slow = expression;
            throw e;
        }
    }

    /** Many expressions look at the same few texts. */
    private Subject subject(String text) {
        return text == null ? null : subjects.computeIfAbsent(text, Subject::of);
    }

    /** @throws OvertimeException if the decision has taken too long */
    public void check() {
        deadline.check();
    }

    /** The expression that ran out of time, or null. */
    public String slow() {
        return slow;
    }
}
