package conduit.claude;

/** Somebody who follows an answer while it is written. Called by the thread that watches the call's process. */
public interface Listener {

    /** The next piece of the answer's text. */
    void text(String piece);

    /** Whether nobody listens any more: then the call is ended, and what it cost until then is booked. */
    boolean isGone();
}
