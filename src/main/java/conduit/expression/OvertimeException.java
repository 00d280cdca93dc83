package conduit.expression;

/** Says that a matching was ended because its deadline had passed. */
public final class OvertimeException extends RuntimeException {

    OvertimeException(String message) {
        super(message);
    }
}
