package conduit.backtest;

import conduit.ledger.Recorded;
import conduit.ledger.Records;
import conduit.project.Project;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One pass over the record: each request once, in the order of time. */
final class Pass {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Redecision redecision;
    private final Spends spends;
    private final Tally tally;
    private final Function<String, Optional<Asked>> projects;
    private final ZoneId zone;
    private final LimitWatch limits = new LimitWatch();
    private final Map<String, Optional<Asked>> known = new HashMap<>();
    private BigDecimal othersUsd = BigDecimal.ZERO;
    private long seen;
    private long needText;
    private long incomplete;
    private long notCompleted;
    private long ruleErrors;

    /** A project and the rules that are asked for it. */
    record Asked(Project project, Candidate rules) {
    }

    /** @param projects gives a project, or nothing if there is none any more */
    Pass(Redecision redecision, Spends spends, Tally tally, Function<String, Optional<Asked>> projects, ZoneId zone) {
        this.redecision = redecision;
        this.spends = spends;
        this.tally = tally;
        this.projects = projects;
        this.zone = zone;
    }

    /** Takes the next request; returns how many it has seen. */
    long see(Recorded recorded) {
        ZonedDateTime at = recorded.at().atZone(zone);
        BigDecimal cost = decided(recorded, at);
        if (cost == null) {
            cost = recorded.costUsd();
            othersUsd = othersUsd.add(cost);
        }
        spends.add(recorded.request().project(), at, cost);
        return ++seen;
    }

    /** What the request costs now, or null if it can't be decided again. */
    private BigDecimal decided(Recorded recorded, ZonedDateTime at) {
        Asked asked = known.computeIfAbsent(recorded.request().project(), projects).orElse(null);
        if (!Backtest.isDecided(recorded)) {
            notCompleted++;
            return null;
        }
        if (asked == null || !recorded.hasLabels()) {
            incomplete++;
            return null;
        }
        Spends.Sum spent = spends.of(recorded.request().project(), at);
        Verdict verdict = Backtest.isBypassed(recorded, asked.project())
                ? Verdict.to(recorded.ran().model(), null, "no rule is asked") : verdict(recorded, asked, spent, at);
        if (verdict == null) {
            return null;
        }
        if (!verdict.isRefused()) {
            limits.see(asked.project(), spent, redecision.pricing().worst(recorded, verdict.model()), at);
        }
        return tally.add(recorded, verdict);
    }

    private Verdict verdict(Recorded recorded, Asked asked, Spends.Sum spent, ZonedDateTime at) {
        Request facts = new Request(recorded.request(), new Circumstances(recorded.ran().tokenCount(), at.getHour(),
                at.getDayOfWeek(), spent.today(), spent.thisMonth(), recorded.hasTexts()));
        RuleOutcome outcome;
        try {
            if (asked.rules().needsTexts(facts)) {
                needText++;
                return null;
            }
            outcome = asked.rules().decide(facts);
            if (outcome.gaveUp() != null && outcome.gaveUp().couldFence()) {
                ruleErrors++;
                return null;
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("A candidate rule failed on request {}", recorded.request().id(), e);
            ruleErrors++;
            return null;
        }
        return redecision.decide(recorded, asked.project(), outcome);
    }

    Report report(Records.Range range, String version, double seconds) {
        return new Report(range.from(), range.to(), range.project(), seen, tally.redecided(), needText, incomplete,
                notCompleted, ruleErrors, tally.denied(), tally.leftToBandit(), tally.redecided() - tally.changed(),
                tally.changed(), tally.moves(), tally.cost(othersUsd), limits.hits(), tally.changes(),
                tally.changed(), version, seconds, Report.ASSUMPTION);
    }
}
