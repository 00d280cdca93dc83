package conduit.bench.rules;

/** How many of a set's rules a request meets. */
public enum Profile {

    /** One request in a hundred is made to meet a rule; the others fall through all of them. */
    FEW,
    /** Most rules hold for every request, and the first by priority wins. */
    MOST;

    /** As it stands in tables and in the names of folders. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT) + " match";
    }
}
