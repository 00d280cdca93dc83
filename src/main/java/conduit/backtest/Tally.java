package conduit.backtest;

import conduit.backtest.Report.Change;
import conduit.backtest.Report.Cost;
import conduit.backtest.Report.Move;
import conduit.ledger.Recorded;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up re-decided requests. Its size does not grow with their number. */
final class Tally {

    static final String DENIED = "denied";

    private final Pricing pricing;
    private final int mostChanges;
    private final Map<Map.Entry<String, String>, Long> moves = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Interval interval = new Interval();
    private BigDecimal recordedUsd = BigDecimal.ZERO;
    private BigDecimal candidateUsd = BigDecimal.ZERO;
    private BigDecimal cheapestUsd = BigDecimal.ZERO;
    private BigDecimal dearestUsd = BigDecimal.ZERO;
    private long redecided;
    private long changed;
    private long denied;
    private long leftToBandit;

    Tally(Pricing pricing, int mostChanges) {
        this.pricing = pricing;
        this.mostChanges = mostChanges;
    }

    /** Adds one; returns what it costs with the candidate rules, US dollars. */
    BigDecimal add(Recorded recorded, Verdict verdict) {
        BigDecimal was = recorded.costUsd();
        BigDecimal is = verdict.isRefused() ? BigDecimal.ZERO : pricing.at(recorded, verdict.model());
        redecided++;
        recordedUsd = recordedUsd.add(was);
        candidateUsd = candidateUsd.add(is);
        List<BigDecimal> bounds = verdict.bandits().isEmpty() ? List.of(is)
                : verdict.bandits().stream().map(id -> pricing.at(recorded, id)).sorted().toList();
        cheapestUsd = cheapestUsd.add(bounds.get(0));
        dearestUsd = dearestUsd.add(bounds.get(bounds.size() - 1));
        interval.add(is.subtract(was).doubleValue());
        leftToBandit += verdict.bandits().isEmpty() ? 0 : 1;
        denied += verdict.isRefused() ? 1 : 0;
        String from = recorded.ran().model();
        if (!from.equals(verdict.model())) {
            change(recorded, verdict, was, is);
        }
        return is;
    }

    private void change(Recorded recorded, Verdict verdict, BigDecimal was, BigDecimal is) {
        String from = recorded.ran().model();
        String to = verdict.isRefused() ? DENIED : verdict.model();
        changed++;
        moves.merge(Map.entry(from, to), 1L, Long::sum);
        if (changes.size() < mostChanges) {
            changes.add(new Change(recorded.request().id(), recorded.request().project(), recorded.at(), from, to,
                    verdict.rule(), verdict.reason(), was, is));
        }
    }

    long redecided() {
        return redecided;
    }

    long changed() {
        return changed;
    }

    long denied() {
        return denied;
    }

    long leftToBandit() {
        return leftToBandit;
    }

    List<Change> changes() {
        return changes;
    }

    /** The most frequent first. */
    List<Move> moves() {
        return moves.entrySet().stream().map(move -> new Move(move.getKey().getKey(), move.getKey().getValue(),
                        move.getValue())).sorted(Comparator.comparing(Move::count).reversed()
                        .thenComparing(Move::from).thenComparing(Move::to)).toList();
    }

    Cost cost(BigDecimal othersUsd) {
        Interval.Bounds bounds = interval.bounds();
        return new Cost(recordedUsd, candidateUsd, candidateUsd.subtract(recordedUsd), bounds.low(), bounds.high(),
                Interval.CONFIDENCE, leftToBandit == 0 ? null : cheapestUsd.subtract(recordedUsd),
                leftToBandit == 0 ? null : dearestUsd.subtract(recordedUsd), othersUsd);
    }
}
