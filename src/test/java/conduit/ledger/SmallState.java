package conduit.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static java.math.BigDecimal.ZERO;

/**
 * The specification of a project with a few requests: what it has spent and set aside, where each request stands, and
 * what may happen next.
 *
 * @param asks    the requests: the third one belongs to the next day
 * @param purses  of the month, of the first day, of the second
 * @param limits  which of {@link #LIMITS} holds
 * @param changes how often the limits may still be changed
 */
record SmallState(List<Ask> asks, List<Purse> purses, int limits, int changes) {

    /** By request, US dollars: what is set aside, and what it costs if it answers. */
    static final List<BigDecimal> WORST = List.of(usd(3), usd(4), usd(5));
    static final List<BigDecimal> ACTUAL = List.of(usd(1), usd(4), usd(2));
    /** Daily and monthly: at first, raised, lowered. */
    static final List<List<BigDecimal>> LIMITS = List.of(List.of(usd(8), usd(10)), Collections.unmodifiableList(
            new ArrayList<>(java.util.Arrays.asList(null, usd(13)))), List.of(usd(4), usd(5)));
    /** What a first attempt cost that failed and was followed by another one. */
    static final BigDecimal TRIED = usd(1);
    private static final int MOST_SENDS = 2;

    /** Where a request stands: never seen, refused, running, lost, failed for nothing, answered, failed and paid for. */
    enum Phase { NEW, BLOCKED, HELD, UNKNOWN, FREE, ANSWERED, PAID }

    /** What can happen to a request, or to the limits. */
    enum Act {
        SEND, TRY_AGAIN, ANSWER, FAIL_FREE, FAIL_DEAR, CRASH_BEFORE_START, CRASH_AND_ANSWERED, CRASH_AND_LOST, RESOLVE_SPENT,
        RESOLVE_VOID, CHANGE_LIMITS
    }

    /** @param at which request, or which of the limits */
    record Event(Act act, int at) {
    }

    /**
     * One request.
     *
     * @param runs  how often it ran or was refused
     * @param spent in all its runs
     * @param rows  of usage
     * @param again whether the run is at its second attempt
     */
    record Ask(Phase phase, int runs, BigDecimal spent, int rows, boolean again) {

        BigDecimal tried() {
            return again ? TRIED : ZERO;
        }
    }

    static SmallState of(int requests, int changes) {
        return new SmallState(Collections.nCopies(requests, new Ask(Phase.NEW, 0, ZERO, 0, false)),
                Collections.nCopies(3, Purse.EMPTY), 0, changes);
    }

    private static BigDecimal usd(int dollars) {
        return BigDecimal.valueOf(dollars);
    }

    /** The purse of a request's day. */
    static int day(int request) {
        return request < 2 ? 1 : 2;
    }

    boolean fits(int request) {
        return room(request, WORST.get(request));
    }

    private boolean room(int request, BigDecimal more) {
        return purses.get(0).fits(more, LIMITS.get(limits).get(1))
                && purses.get(day(request)).fits(more, LIMITS.get(limits).get(0));
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < asks.size(); i++) {
            int at = i;
            acts(asks.get(i)).forEach(act -> events.add(new Event(act, at)));
            if (i == 0 && asks.get(i).phase() == Phase.HELD && !asks.get(i).again()) {
                events.add(new Event(Act.TRY_AGAIN, i));
            }
        }
        for (int i = 0; changes > 0 && i < LIMITS.size(); i++) {
            if (i != limits) {
                events.add(new Event(Act.CHANGE_LIMITS, i));
            }
        }
        return events;
    }

    private static List<Act> acts(Ask ask) {
        return switch (ask.phase()) {
            case NEW -> List.of(Act.SEND);
            case BLOCKED, FREE -> ask.runs() < MOST_SENDS ? List.of(Act.SEND) : List.of();
            case HELD -> List.of(Act.ANSWER, Act.FAIL_FREE, Act.FAIL_DEAR, Act.CRASH_BEFORE_START,
                    Act.CRASH_AND_ANSWERED, Act.CRASH_AND_LOST);
            case UNKNOWN -> List.of(Act.RESOLVE_SPENT, Act.RESOLVE_VOID);
            case ANSWERED, PAID -> List.of();
        };
    }

    SmallState after(Event event) {
        int at = event.at();
        return switch (event.act()) {
            case CHANGE_LIMITS -> new SmallState(asks, purses, at, changes - 1);
            case SEND -> fits(at)
                    ? with(at, Phase.HELD, 1, 0, ZERO, purse -> purse.reserve(WORST.get(at)))
                    : with(at, Phase.BLOCKED, 1, 0, ZERO, purse -> purse);
            // What is set aside grows by what the first attempt cost; where that does not fit, the run ends.
            case TRY_AGAIN -> room(at, TRIED) ? with(at, Phase.HELD, 0, 0, ZERO, true, purse -> purse.reserve(TRIED))
                    : ended(at, Phase.PAID, 1, TRIED);
            case ANSWER, CRASH_AND_ANSWERED -> ended(at, Phase.ANSWERED, 1, ACTUAL.get(at));
            case FAIL_DEAR -> ended(at, Phase.PAID, 1, WORST.get(at));
            case RESOLVE_SPENT -> ended(at, Phase.PAID, asks.get(at).again() && ACTUAL.get(at).equals(TRIED) ? 0 : 1,
                    ACTUAL.get(at).subtract(asks.get(at).tried()));
            case FAIL_FREE, CRASH_BEFORE_START, RESOLVE_VOID -> ended(at, asks.get(at).again() ? Phase.PAID : Phase.FREE, 0, ZERO);
            case CRASH_AND_LOST -> with(at, Phase.UNKNOWN, 0, 0, ZERO, asks.get(at).again(), purse -> purse);
        };
    }

    /** @param cost of the last attempt; what the one before cost comes on top */
    private SmallState ended(int at, Phase phase, int rows, BigDecimal cost) {
        BigDecimal tried = asks.get(at).tried();
        BigDecimal all = cost.add(tried);
        return with(at, phase, 0, rows + tried.signum(), all, false, purse -> purse.end(WORST.get(at).add(tried), all));
    }

    private SmallState with(int at, Phase phase, int runs, int rows, BigDecimal cost,
                            java.util.function.UnaryOperator<Purse> change) {
        return with(at, phase, runs, rows, cost, false, change);
    }

    private SmallState with(int at, Phase phase, int runs, int rows, BigDecimal cost, boolean again,
                            java.util.function.UnaryOperator<Purse> change) {
        List<Ask> nextAsks = new ArrayList<>(asks);
        Ask ask = asks.get(at);
        nextAsks.set(at, new Ask(phase, ask.runs() + runs, ask.spent().add(cost), ask.rows() + rows, again));
        List<Purse> nextPurses = new ArrayList<>(purses);
        for (int purse : List.of(0, day(at))) {
            nextPurses.set(purse, change.apply(purses.get(purse)));
        }
        return new SmallState(nextAsks, nextPurses, limits, changes);
    }
}
