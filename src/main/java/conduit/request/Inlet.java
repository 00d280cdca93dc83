package conduit.request;

import java.util.Locale;

/** Where a request came in, and so where its answer goes. */
public enum Inlet {
    FILE, HTTP, QUEUE;

    /** The name that rules and the ledger see. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
