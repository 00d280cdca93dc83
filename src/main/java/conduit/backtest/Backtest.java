package conduit.backtest;

import conduit.ledger.Recorded;
import conduit.ledger.Records;
import conduit.ledger.RequestState;
import conduit.project.Project;
import conduit.routing.Eligible;
import conduit.routing.Fallback;
import conduit.routing.Source;
import conduit.rules.engine.RuleSet;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides the recorded requests again, in the order of time.
 *
 * @param projects gives a project with its present settings and rules
 * @param fallback the bandit with what it believes now
 * @param zone     the calendar of hours, days and months
 */
public record Backtest(Records records, Function<String, Optional<Project>> projects, Fallback fallback, ZoneId zone) {

    /**
     * Runs one.
     *
     * @param version  what the report calls the rules
     * @param rules    gives the candidate rules for a project; asked once for each
     * @param progress must have begun
     */
    public Report run(Question question, String version, Function<Project, RuleSet> rules, Progress progress) {
        long start = System.nanoTime();
        progress.expect(records.count(question.range()));
        var firstDay = question.range().from().atZone(zone).toLocalDate();
        Pricing pricing = new Pricing(fallback.catalogue(), fallback.estimator());
        Pass pass = new Pass(new Redecision(new Eligible(fallback.catalogue()), pricing, new Lots(fallback, pricing)),
                new Spends(firstDay, project -> records.spentBefore(project, firstDay, question.range().from())),
                new Tally(pricing, question.changes()), id -> projects.apply(id).map(p -> new Pass.Asked(p,
                Candidate.of(rules.apply(p)))), zone);
        records.read(question.range(), recorded -> progress.did(pass.see(recorded)));
        return pass.report(question.range(), version, (System.nanoTime() - start) / 1e9);
    }

    /** Whether it can be decided again: it ended well. */
    static boolean isDecided(Recorded recorded) {
        return recorded.state() == RequestState.COMPLETED && recorded.ran() != null;
    }

    /** Whether no rule was or would be asked. */
    static boolean isBypassed(Recorded recorded, Project project) {
        return recorded.ran().source() == Source.BYPASS || !project.routes(recorded.request().roller());
    }
}
