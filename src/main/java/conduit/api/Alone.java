package conduit.api;

import conduit.problem.Kind;
import conduit.problem.Problem;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Long readings, one at a time: many at once would take memory and processors from requests. */
final class Alone {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Semaphore place = new Semaphore(1);

    /**
     * Does it now.
     *
     * @param name of the work, such as "evaluation"
     * @throws conduit.problem.ProblemException if another one is at it
     */
    <T> T run(String name, Supplier<T> work) {
        if (!place.tryAcquire()) {
            throw Problem.of(Kind.SATURATED, "Another " + name + " runs; one runs at a time. Try again in a moment.")
                    .retryAfter(RETRY).asException();
        }
        try {
            return work.get();
        } finally {
            place.release();
        }
    }
}
