package conduit.files;

/** Keeps work that is done again and again to a share of one processor: what took long is done less often. */
final class Pace {

    private final int rest;
    private long began;
    private long due = System.nanoTime();

    /** @param rest how many times as long as it took it rests afterwards */
    Pace(int rest) {
        this.rest = rest;
    }

    boolean isDue() {
        return System.nanoTime() - due >= 0;
    }

    void begin() {
        began = System.nanoTime();
    }

    void end() {
        long now = System.nanoTime();
    }
}
