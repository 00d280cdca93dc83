package conduit.cli;

import conduit.replay.Replay;

import java.util.List;

/** Shows how far a replay is: at a terminal in one line that is written over, else in a line a quarter of a policy. */
final class ReplayProgress implements Replay.Progress {

    private static final String CLEAR = "\r\u001B[K";
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int LINES = 4;

    private final World world;
    private final List<String> names;
    private long shownAt;
    private boolean shown;

    ReplayProgress(World world, List<String> names) {
        this.world = world;
        this.names = names;
    }

    @Override
    public synchronized void done(String policy, int runs, int of) {
        String line = policy + ": " + Count.number(runs) + " of " + Count.of(of, "run") + ", policy "
                + (names.indexOf(policy) + 1) + " of " + names.size();
        if (!world.terminal()) {
            if (runs * (long) LINES / of != (runs - 1) * (long) LINES / of) {
                world.note(line);
            }
        } else if (!shown || System.nanoTime() - shownAt > PAUSE_NANOS || runs == of) {
            world.err().print(CLEAR + line);
            world.err().flush();
            shown = true;
            shownAt = System.nanoTime();
        }
    }

    synchronized void end() {
        if (shown) {
            world.err().print(CLEAR);
            world.err().flush();
        }
    }
}
