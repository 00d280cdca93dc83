package conduit.rules.engine;

/** What hostile rules try to reach; nothing else may, so one count means that an author's text ran as code. */
public final class Tripwire {

    public static final String PROPERTY = "conduit.tripwire";
    private static volatile int touched;

    private Tripwire() {
    }

    public static boolean touch() {
        touched++;
        return true;
    }

    public static boolean touch(Object anything) {
        return touch();
    }

    static boolean isUntouched() {
        return touched == 0 && System.getProperty(PROPERTY) == null;
    }
}
