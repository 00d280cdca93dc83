package conduit.request;

/** The program that asks, as its sender names it; both parts may be null. */
public record Agent(String id, String type) {

    public static final Agent NONE = new Agent(null, null);
}
