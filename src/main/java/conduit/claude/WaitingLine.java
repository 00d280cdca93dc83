package conduit.claude;

import conduit.problem.Kind;
import conduit.problem.Problem;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The places for processes of the CLI, first come, first served. */
public final class WaitingLine {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Semaphore places;
    private final int longest;

    /**
     * @param concurrency processes at a time
     * @param longest     how many callers that can't wait elsewhere (HTTP) may stand in line
     */
    public WaitingLine(int concurrency, int longest) {
        this.places = new Semaphore(concurrency, true);
        this.longest = longest;
    }

    /**
     * Refuses a caller for whom the line is too long.
     *
     * @throws conduit.problem.ProblemException with the time after which another try makes sense
     */
    public void checkLength() {
        if (places.getQueueLength() >= longest) {
            throw Problem.of(Kind.SATURATED, "All places for model calls are taken and " + longest
                    + " callers wait already. Try again later, or send it as a file or to the queue.")
                    .retryAfter(RETRY).asException();
        }
    }

    public void enter() throws InterruptedException {
        places.acquire();
    }

    public void leave() {
        places.release();
    }
}
