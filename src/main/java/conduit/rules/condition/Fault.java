package conduit.rules.condition;

/** What is wrong with a condition, and the way out. */
public final class Fault extends Exception {

    private final String fix;

    public Fault(String message, String fix) {
        super(message, null, false, false);
        this.fix = fix;
    }

    public String fix() {
        return fix;
    }
}
