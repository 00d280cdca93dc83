package conduit.cli;

/** What a command can't do here and now, in one line that says the way out. */
public final class Unable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Unable(String message) {
        super(message);
    }
}
