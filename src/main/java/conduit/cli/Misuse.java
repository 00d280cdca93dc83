package conduit.cli;

/** A call that can't be meant so; its message names what is wrong and the way out. */
final class Misuse extends RuntimeException {

    private static final long serialVersionUID = 1;

    Misuse(String message) {
        super(message);
    }
}
