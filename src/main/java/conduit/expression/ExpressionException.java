package conduit.expression;

/** Says what is wrong with an expression, where, and what to write instead, in its author's words. */
public final class ExpressionException extends RuntimeException {

    private final String problem;
    private final String fix;
    private final int position;

    ExpressionException(String problem, String fix, int position) {
        super(problem + " " + fix);
        this.problem = problem;
        this.fix = fix;
        this.position = position;
    }

    /** What is wrong and at which character; one sentence. */
    public String problem() {
        return problem;
    }

    /** What to do instead; one sentence. */
    public String fix() {
        return fix;
    }

    /** The character of the expression where it is wrong, counted from 1. */
    public int position() {
        return position;
    }
}
