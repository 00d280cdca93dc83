package conduit.backup.file;

/** A file that is no backup, or no whole one. The message goes on where "The backup NAME" ends. */
public final class BadFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadFile(String message) {
        super(message);
    }
}
