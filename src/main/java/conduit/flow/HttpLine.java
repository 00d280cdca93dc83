package conduit.flow;

import conduit.claude.Places;
import conduit.problem.Kind;
import conduit.problem.Problem;

import java.util.HashMap;
import java.util.Map;

/**
 * How many HTTP callers are in hand, running or waiting: each project has its own number, so that one project's callers
 * don't shut another's out, and all together stay below the number of worker threads, as each holds one.
 */
public final class HttpLine {

    private static final int PROJECTS_WITH_FULL_LINES = 2;
    private static final int MOST_IN_FULL_LINES = 1_000;
    private static final int LATE_COMERS = 32;

    private final Places places;
    private final int each;
    private final Map<String, Integer> inHand = new HashMap<>();
    private int total;

    /** @param line how many callers of a project may wait, beyond those that have a place */
    public HttpLine(Places places, int line) {
        this.places = places;
        this.each = places.concurrency() + line;
    }

    private static int full(int each) {
        return Math.max(each, Math.min(PROJECTS_WITH_FULL_LINES * each, MOST_IN_FULL_LINES));
    }

    /** The most callers that are ever in hand, whatever their projects. */
    public static int most(int concurrency, int line) {
        return full(concurrency + line) + LATE_COMERS;
    }

    /**
     * Takes a caller in hand.
     *
     * @throws conduit.problem.ProblemException where its project's line is full, or too many are in hand and its project
     *                                          has one of them
     */
    void enter(String project) {
        if (!tryEnter(project)) {
            throw Problem.of(Kind.SATURATED, "All places for model calls are taken, and as many callers of project \"" + project
                    + "\" wait as may. Try again later, or send it as a file or to the queue.").retryAfter(places.expectedWait(project))
                    .asException();
        }
    }

    private synchronized boolean tryEnter(String project) {
        int mine = inHand.getOrDefault(project, 0);
        if (mine >= each || total >= full(each) + (mine == 0 ? LATE_COMERS : 0)) {
            return false;
        }
        inHand.put(project, mine + 1);
        total++;
        return true;
    }

    /** Ends what {@link #enter} began. */
    synchronized void leave(String project) {
        inHand.computeIfPresent(project, (p, mine) -> mine == 1 ? null : mine - 1);
        total--;
    }
}
