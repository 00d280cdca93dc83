package conduit.expression;
public final class OvertimeException extends RuntimeException { }
