package conduit.ledger;

import java.util.Locale;

/** Where a request stands on disk. */
public enum RequestState {
    ACCEPTED, COMPLETED, FAILED, UNKNOWN;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RequestState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
