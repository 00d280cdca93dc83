package conduit.rules.fact;

import conduit.expression.Deadline;
import conduit.expression.Expression;
import conduit.expression.OvertimeException;

import java.util.Map;

/** The regular expressions of one decision: compiled once a rule set, and bounded in time. */
public final class Matching {

    private final Map<String, Expression> compiled;
    private final Deadline deadline;
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
            return (known != null ? known : Expression.compile(expression)).fits(text, deadline);
        } catch (OvertimeException e) {
            slow = expression;
            throw e;
        }
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
