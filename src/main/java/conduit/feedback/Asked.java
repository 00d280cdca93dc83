package conduit.feedback;

import java.time.Instant;

/**
 * A request of a user, as far as it is compared with others.
 *
 * @param similarity see {@link conduit.request.SimilarityHash}
 * @param answeredAt when its answer was booked; null where it has none
 */
record Asked(String id, int run, User user, long similarity, Instant at, Instant answeredAt) {

    /** Whose requests are compared. */
    record User(String project, String name) {
    }
}
