package conduit.feedback;

import conduit.feedback.Asked.User;
import conduit.ledger.OneAtATime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks over the latest requests: where a user asks nearly the same again, it counts a little against the model of the
 * earlier answer. Looking twice changes nothing, so that it goes back a little each time, and further where it was down.
 */
public final class RepeatWatch {

    /** A request is on disk so long after its time, at most; clocks of several Conduits, and one put back, differ less. */
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    /** One who asks again all day is a program, and must not make up everybody's mind. */
    private static final int MOST_A_DAY = 10;

    private final RepeatStore store;
    private final OneAtATime turn;
    private final RepeatWeight weight;
    private final Clock clock;

    public RepeatWatch(RepeatStore store, OneAtATime turn, RepeatWeight weight, Clock clock) {
        this.store = store;
        this.turn = turn;
        this.weight = weight;
        this.clock = clock;
    }

    /** Counts what was repeated since the last time; nothing where the weight is 0, or somebody else looks. */
    public void look() {
        if (weight.first() > 0) {
            turn.run(this::scan);
        }
    }

    private void scan() {
        Instant now = clock.instant();
        Instant last = store.scannedTo();
        // A clock that was put back is believed: what comes now is what it says.
        Instant since = later((last.isAfter(now) ? now : last).minus(AGAIN), now.minus(LONGEST));
        Repeats repeats = new Repeats();
        store.read(since.minus(Repeats.WITHIN), now, page -> {
            List<Asked> found = new ArrayList<>();
            for (Asked next : page) {
                List<Asked> repeated = repeats.of(next);
                if (!next.at().isBefore(since)) {
                    found.addAll(repeated);
                }
            }
            count(found, now);
        });
        store.scannedTo(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void count(List<Asked> found, Instant now) {
        if (found.isEmpty()) {
            return;
        }
        Set<String> counted = store.counted(found.stream().map(Asked::id).distinct().toList());
        List<Asked> fresh = found.stream().filter(one -> counted.add(one.id())).toList();
        if (fresh.isEmpty()) {
            return;
        }
        double weighs = weight.after(store.said());
        Map<User, Integer> today = store.countedSince(now.minus(DAY));
        for (Asked one : fresh) {
            if (today.merge(one.user(), 1, Integer::sum) <= MOST_A_DAY) {
                store.count(one, weighs);
            }
        }
    }
}
