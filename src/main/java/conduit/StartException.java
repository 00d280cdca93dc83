package conduit;

/** What stops the start, in one line that says the way out. */
final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
