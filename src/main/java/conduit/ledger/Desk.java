package conduit.ledger;

import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.request.LlmRequest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that an id runs once: sent again it gets the stored answer, or waits for the one that runs.
 */
public final class Desk {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Requests requests;
    private final Duration patience;
    private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

    private record Running(LlmRequest request, String fingerprint, CountDownLatch done) {
    }

    /** @param patience how long a second sender waits for the first one's answer */
    public Desk(Requests requests, Duration patience) {
        this.requests = requests;
        this.patience = patience;
    }

    /**
     * Lets a request in, or gives the answer that is stored for its id. Who is let in calls {@link #leave} at its end.
     *
     * @throws conduit.problem.ProblemException if the id was used with another body, its outcome is unknown, it failed
     *                                          and was paid for, or the first one runs for too long
     */
    public Optional<Answer> admit(LlmRequest request) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String fingerprint = request.fingerprint();
        Running mine = new Running(request, fingerprint, new CountDownLatch(1));
        while (true) {
            Running other = running.putIfAbsent(request.id(), mine);
            if (other != null) {
                checkSame(request, other.fingerprint());
                await(request, other.done(), deadline);
                continue;
            }
            Optional<Answer> answer = Optional.empty();
            boolean admitted = false;
            try {
                Requests.Stored stored = requests.find(request.id()).orElse(null);
                admitted = stored == null;
                if (stored != null) {
                    checkSame(request, stored.fingerprint());
                    answer = Optional.ofNullable(stored.answer()).map(Answer::stored);
                    admitted = stored.mayRunAgain();
                    if (stored.state() == RequestState.UNKNOWN) {
                        throw Ledger.unknown(request.id()).asException();
                    }
                    if (stored.state() == RequestState.FAILED && !admitted) {
                        throw stored.paidProblem().asException();
                    }
                    if (stored.state() == RequestState.COMPLETED && answer.isEmpty()) {
                        throw gone(stored).asException();
                    }
                }
            } finally {
                if (!admitted) {
                    leave(request);
                }
            }
            if (admitted || answer.isPresent()) {
                return answer;
            }
            await(request, new CountDownLatch(1), deadline);
        }
    }

    /** An answer is stored with its state; where it is missing, its time was past. */
    private static Problem gone(Requests.Stored stored) {
        return Problem.of(Kind.ANSWER_GONE, "The request \"" + stored.id() + "\" of " + stored.createdAt() + " was answered, "
                + "and its answer is no longer kept. Choose another id to ask again.").with("requestId", stored.id())
                .with("field", "id");
    }

    private static void checkSame(LlmRequest request, String fingerprint) {
        if (!request.fingerprint().equals(fingerprint)) {
            throw Problem.of(Kind.ID_CONFLICT, "The id \"" + request.id() + "\" was sent before with another body. "
                    + "Send the same body again, or choose another id.").with("requestId", request.id())
                    .with("field", "id").asException();
        }
    }

    private static void await(LlmRequest request, CountDownLatch done, long deadline) throws InterruptedException {
        if (!done.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS) && System.nanoTime() > deadline) {
            throw Problem.of(Kind.TIMED_OUT, "The first request with the id \"" + request.id() + "\" still runs. Send "
                    + "it again later to get its answer.").with("requestId", request.id()).asException();
        }
    }

    /** Ends what {@link #admit} began; once too often does no harm. */
    public void leave(LlmRequest request) {
        Running mine = running.get(request.id());
        if (mine != null && mine.request() == request && running.remove(request.id(), mine)) {
            mine.done().countDown();
        }
    }

    /** Whether somebody has the request in hand here. */
    boolean holds(String id) {
        return running.containsKey(id);
    }

    /** Waits until a request that is in hand is booked: its sender can have the answer a moment before. */
    public void awaitBooking(String id, Duration atMost) throws InterruptedException {
        Running one = running.get(id);
        if (one != null) {
            one.done().await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
