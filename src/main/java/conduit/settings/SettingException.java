package conduit.settings;

/** A setting that stops the start, in one line that names it and the way out. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SettingException(String message) {
        super(message);
    }
}
