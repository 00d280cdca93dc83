package conduit.attempt;

import conduit.claude.Listener;

/** Passes an answer on to who follows it, and knows whether anything of it was: what was told can't be taken back. */
public final class Heard implements Listener {

    private final Listener listener;
    private volatile boolean any;

    public Heard(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void text(String piece) {
        any = true;
        listener.text(piece);
    }

    @Override
    public boolean isGone() {
        return listener.isGone();
    }

    /** Whether a further attempt would be of no use to who follows. */
    public boolean isPast() {
        return any || listener.isGone();
    }
}
