package conduit.claude;

/**
 * How many processes of the CLI may wait for calls: as many as there were calls at once in the last minutes, but no more
 * than there are places and memory for.
 */
final class Demand {

    private static final long MINUTE = 60_000_000_000L;
    private static final int MINUTES = 5;
    /** So long after the last call one still waits for the next. */
    private static final long LAST = 10 * MINUTE;
    /** What a process that waits takes, most of it shared with the others. */
    private static final long BYTES = 200L << 20;

    private final int[] most = new int[MINUTES];
    private final long[] minute = new long[MINUTES];
    private long last;

    /** @param now nanoseconds; the start counts as a call */
    Demand(long now) {
        this.last = now;
    }

    /** Notes a call, with which so many run. */
    void called(int running, long now) {
        long number = Math.floorDiv(now, MINUTE);
        int slot = (int) Math.floorMod(number, (long) MINUTES);
        if (minute[slot] != number) {
            minute[slot] = number;
            most[slot] = 0;
        }
        most[slot] = Math.max(most[slot], running);
        last = now;
    }

    /** The most calls at once of late: 1 for ten minutes after the last one, then 0. */
    int now(long now) {
        int found = now - last < LAST ? 1 : 0;
        for (int i = 0; i < MINUTES; i++) {
            if (Math.floorDiv(now, MINUTE) - minute[i] < MINUTES) {
                found = Math.max(found, most[i]);
            }
        }
        return found;
    }

    /**
     * How many are to be there.
     *
     * @param there     how many are there
     * @param room      the places that are neither taken nor waited for
     * @param available the machine's memory that is free for use, bytes; a fourth of it is left alone
     */
    static int spares(int demand, int there, int room, long available) {
        long more = available / 4 * 3 / BYTES;
        return (int) Math.max(0, Math.min(Math.min(demand, room), there + more));
    }
}
