package conduit.api;

import conduit.evaluation.Savings;
import conduit.ledger.BanditRecord;
import conduit.ledger.BanditRecord.Spent;
import conduit.model.Catalogue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the bandit's last calls were shared among models and what they saved; looked up once a minute at most. */
public final class BanditMoney {

    private static final int CALLS = 10_000;
    /** Where rules decide most requests, it looks at so many to find those of the bandit. */
    private static final int LOOKED = 20_000;
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String SAME_TOKENS = "Savings assume that the baseline would have used the same tokens; what was billed "
            + "is compared with what they cost at its prices.";

    private final BanditRecord record;
    private final Catalogue catalogue;
    private final Clock clock;
    private Seen seen;

    private record Seen(Map<String, Savings> models, Savings all, Instant at) {
    }

    public BanditMoney(BanditRecord record, Catalogue catalogue, Clock clock) {
        this.record = record;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    private synchronized Seen seen() {
        Instant now = clock.instant();
        if (seen == null || seen.at().plus(FRESH).isBefore(now) || seen.at().isAfter(now)) {
            List<Spent> calls = record.latest(CALLS, LOOKED);
            seen = new Seen(calls.stream().collect(Collectors.groupingBy(Spent::model, Collectors.collectingAndThen(
                    Collectors.toList(), this::savings))), savings(calls), now);
        }
        return seen;
    }

    private Savings savings(List<Spent> calls) {
        return Savings.of(calls.stream().map(one -> new Savings.Call(one.costUsd().doubleValue(),
                catalogue.baseline().prices().cost(one.tokens()).doubleValue())).toList());
    }

    /** What is told of the bandit as a whole. */
    Map<String, Object> all() {
        Seen now = seen();
        Savings all = now.all();
        Instant at = now.at().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> map = map(all);
        map.put("baseline", catalogue.baseline().id());
        map.put("summary", all.calls() == 0 ? "the bandit had chosen for no answered call"
                : Words.counted(all.calls(), "call") + " of the bandit of late: "
                + (all.saved() == null ? "nothing was billed" : Words.saved(all.saved(), catalogue.baseline().id())));
        map.put("at", at);
        map.put("note", SAME_TOKENS + " Choices and savings are looked up once a minute, these at " + at + ".");
        return map;
    }

    /** The same of one model, and its share of the calls. */
    Map<String, Object> of(String model) {
        Seen now = seen();
        Savings one = now.models().getOrDefault(model, Savings.of(List.of()));
        Map<String, Object> map = map(one);
        map.put("share", now.all().calls() == 0 ? 0 : (double) one.calls() / now.all().calls());
        if (one.saved() != null && !model.equals(catalogue.baseline().id())) {
            map.put("summary", Words.saved(one.saved(), catalogue.baseline().id()));
        }
        return map;
    }

    private static Map<String, Object> map(Savings savings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("calls", savings.calls());
        map.put("costUsd", savings.costUsd());
        map.put("baselineUsd", savings.baselineUsd());
        map.put("saved", savings.saved() == null ? null : savings.saved().value());
        map.put("low", savings.saved() == null ? null : savings.saved().low());
        map.put("high", savings.saved() == null ? null : savings.saved().high());
        return map;
    }
}
