package conduit.feedback;

import conduit.feedback.Asked.User;
import conduit.request.SimilarityHash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the answers after which their user asked nearly the same again. It is told of requests in the order of time, and
 * holds those of the last minutes.
 *
 * <p>What a program does says nothing of an answer: who asks more than {@value #MOST_ASKED} times in five minutes, or more
 * than {@value #MOST_ALIKE} times nearly the same, is none who reads. Nor can somebody have been dissatisfied with an answer
 * that was not there yet: to be slow is not to be wrong.
 */
final class Repeats {

    static final Duration WITHIN = Duration.ofMinutes(5);
    static final int MOST_ASKED = 60;
    static final int MOST_ALIKE = 4;
    /** An answer is booked so long after it was given, at most. */
    private static final Duration BOOKING = Duration.ofSeconds(1);

    private final Deque<Asked> all = new ArrayDeque<>();
    private final Map<User, Deque<Asked>> byUser = new HashMap<>();

    /** The answered requests that the next one repeats. */
    List<Asked> of(Asked next) {
        forget(next.at().minus(WITHIN));
        Deque<Asked> before = byUser.computeIfAbsent(next.user(), user -> new ArrayDeque<>());
        List<Asked> alike = next.run() > 1 || before.size() > MOST_ASKED ? List.of() : before.stream()
                .filter(one -> SimilarityHash.alike(one.similarity(), next.similarity())).toList();
        before.add(next);
        all.add(next);
        return alike.size() > MOST_ALIKE ? List.of() : alike.stream().filter(one -> wasRead(one, next.at())).toList();
    }

    private static boolean wasRead(Asked earlier, Instant next) {
        return earlier.answeredAt() != null && earlier.at().isBefore(next)
                && !earlier.answeredAt().minus(BOOKING).isAfter(next);
    }

    private void forget(Instant before) {
        while (!all.isEmpty() && all.peek().at().isBefore(before)) {
            User user = all.remove().user();
            Deque<Asked> left = byUser.get(user);
            left.remove();
            if (left.isEmpty()) {
                byUser.remove(user);
            }
        }
    }
}
