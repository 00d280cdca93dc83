package conduit.backtest;

import conduit.ledger.Recorded;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.routing.Eligible;
import conduit.routing.Source;
import conduit.rules.engine.RuleOutcome;

import java.math.BigDecimal;
import java.util.List;

/**
 * The order of {@link conduit.routing.Router}, walked again with other rules: deny, pinned, rule, and where no rule
 * chooses, what the bandit or the default chose then stays, unless rules leave it out. Only where a rule chose then
 * and none does now, somebody else has to: the project's default, or the bandit (see {@link Lots}).
 */
record Redecision(Eligible eligible, Pricing pricing, Lots lots) {

    /** What becomes of a request that was decided, and is not bypassed. */
    Verdict decide(Recorded recorded, Project project, RuleOutcome outcome) {
        LlmRequest request = recorded.request();
        String rule = outcome.fired().isEmpty() ? null : outcome.fired().get(outcome.fired().size() - 1);
        if (outcome.denied()) {
            return Verdict.refused(rule, outcome.reason());
        }
        List<String> allowed = eligible.models(request, outcome);
        if (allowed.isEmpty()) {
            return Verdict.refused(rule, "rules and constraints.models leave no model"
                    + (outcome.among() == null ? "" : ": " + outcome.amongReason()));
        }
        if (request.model() != null) {
            return Eligible.leavesOut(outcome, request.model()) ? Verdict.refused(rule, outcome.amongReason())
                    : demanded(recorded, Verdict.to(request.model(), null, "the request names the model"));
        }
        if (outcome.model() != null) {
            return byRule(recorded, outcome, rule);
        }
        Source source = recorded.ran().source();
        if ((source == Source.BANDIT || source == Source.DEFAULT) && !Eligible.leavesOut(outcome, recorded.ran().model())) {
            return Verdict.to(recorded.ran().model(), null, "no rule chooses: the " + source.text() + "'s choice stays");
        }
        return project.features().autoRouting() ? byBandit(recorded, project, allowed, rule)
                : demanded(recorded, Verdict.to(eligible.byDefault(project, outcome).id(), rule,
                "no rule chooses, and automatic routing is off: the project's default"));
    }

    private Verdict byRule(Recorded recorded, RuleOutcome outcome, String rule) {
        if (Eligible.leavesOut(outcome, outcome.model())) {
            return Verdict.refused(rule, "the rule sends it to " + outcome.model() + ", which an earlier rule ("
                    + outcome.amongReason() + ") leaves out");
        }
        if (outcome.model().equals(recorded.ran().degradedFrom())) {
            return Verdict.to(recorded.ran().model(), rule, outcome.reason() + "; the limit of that time moved it");
        }
        return demanded(recorded, Verdict.to(outcome.model(), rule, outcome.reason()));
    }

    private Verdict byBandit(Recorded recorded, Project project, List<String> allowed, String rule) {
        List<String> able = lots.able(recorded, project, allowed);
        return able.isEmpty() ? Verdict.refused(rule, "no allowed model is sure to cost at most constraints.maxCostUsd")
                : new Verdict(lots.draw(recorded, able), rule, "no rule chooses: left to the bandit", able);
    }

    /** The verdict, if the request's own demands allow it; the recorded choice met them. */
    private Verdict demanded(Recorded recorded, Verdict verdict) {
        if (verdict.model().equals(recorded.ran().model())) {
            return verdict;
        }
        LlmRequest request = recorded.request();
        if (!request.constraints().allows(verdict.model())) {
            return Verdict.refused(verdict.rule(), verdict.model() + " is not among constraints.models");
        }
        BigDecimal most = request.constraints().maxCostUsd();
        return most == null || pricing.worst(recorded, verdict.model()).compareTo(most) <= 0 ? verdict
                : Verdict.refused(verdict.rule(), verdict.model() + " can cost more than constraints.maxCostUsd");
    }
}
