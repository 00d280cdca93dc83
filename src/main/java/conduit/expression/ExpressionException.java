package conduit.expression;
public final class ExpressionException extends RuntimeException { public ExpressionException(String m) { super(m); } }
