package conduit.routing;

import conduit.bandit.Candidate;
import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.model.Catalogue;
import conduit.model.Model;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.request.Constraints;
import conduit.request.LlmRequest;
import conduit.rules.RuleBook;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleTrace;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Chooses the model: bypass, else deny, pinned, rule, bandit, default. */
public final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Function<String, Project> projects;
    private final RuleBook rules;
    private final Fallback fallback;
    private final Knowledge knowledge;
    private final Setting setting;
    private final Eligible eligible;

    /**
     * What stays the same from decision to decision.
     *
     * @param clock     in Conduit's zone
     * @param simulated whether the simulator stands in for the CLI
     */
    public record Setting(Catalogue catalogue, Estimator estimator, Clock clock, boolean simulated) {
    }

    /** @param projects gives a project, or throws a problem where there is none */
    public Router(Function<String, Project> projects, RuleBook rules, Fallback fallback, Knowledge knowledge,
                  Setting setting) {
        this.projects = projects;
        this.rules = rules;
        this.fallback = fallback;
        this.knowledge = knowledge;
        this.setting = setting;
        this.eligible = new Eligible(setting.catalogue());
    }

    /**
     * Decides for one request.
     *
     * @throws conduit.problem.ProblemException if the project is unknown, a rule denies, or a demand can't be met
     */
    public Routed route(LlmRequest request) {
        long start = System.nanoTime();
        Project project = projects.apply(request.project());
        ZonedDateTime at = ZonedDateTime.now(setting.clock()).truncatedTo(ChronoUnit.MILLIS);
        if (!project.routes(request.roller())) {
            return bypass(request, project, at, start);
        }
        RuleOutcome outcome = ask(request, project, at);
        if (outcome.denied()) {
            throw denied(outcome, outcome.reason());
        }
        String category = outcome.category() != null ? outcome.category() : category(request);
        List<String> allowed = allowed(request, outcome);
        Fallback.Chosen chosen = null;
        Model model;
        Source source;
        String reason;
        if (request.model() != null) {
            if (Eligible.leavesOut(outcome, request.model())) {
                throw denied(outcome, outcome.amongReason());
            }
            source = Source.PINNED;
            model = pinned(request, allowed);
            reason = "the request names the model";
        } else if (outcome.model() != null) {
            source = Source.RULE;
            model = byRule(request, outcome);
            reason = outcome.reason();
        } else if (project.features().autoRouting()) {
            chosen = fallback.choose(request, project, category, allowed, outcome.among() != null);
            source = Source.BANDIT;
            model = setting.catalogue().require("model", chosen.choice().model());
            reason = chosen.reason();
        } else {
            source = Source.DEFAULT;
            model = eligible.byDefault(project, outcome);
            reason = "no rule chose, and automatic routing is off: the project's default";
        }
        checkDemands(request, model);
        Decision decision = new Decision(model.id(), source, reason + relaxed(request, source), outcome.fired(),
                request.tokenCount(), category, chosen == null ? List.<Candidate>of() : chosen.choice().candidates(),
                outcome.version(), chosen == null ? null : chosen.sampling(),
                chosen == null ? null : chosen.choice().seed(), micros(start), setting.simulated() ? true : null);
        boolean fixed = source == Source.PINNED;
        return routed(request, project, model, decision, at, fixed ? List.of() : allowed,
                new Chain(setting.catalogue(), fixed ? List.of() : eligible.fallbacks(request, project, outcome),
                        project.fallback() != null));
    }

    private Routed bypass(LlmRequest request, Project project, ZonedDateTime at, long start) {
        Model model = request.model() != null ? pinned(request, setting.catalogue().ids())
                : eligible.byDefault(project, RuleOutcome.none(null));
        checkDemands(request, model);
        String reason = !project.enabled() ? "the project is not enabled"
                : "this user is outside the " + project.rollout() + " % that are routed";
        Decision decision = new Decision(model.id(), Source.BYPASS, reason + relaxed(request, Source.BYPASS), List.of(),
                request.tokenCount(), category(request), List.of(), null, null, null, micros(start),
                setting.simulated() ? true : null);
        return routed(request, project, model, decision, at, List.of(), new Chain(setting.catalogue(), List.of(), true));
    }

    private RuleOutcome ask(LlmRequest request, Project project, ZonedDateTime at) {
        var set = rules.forProject(project);
        Knowledge.Spend spend = knowledge.spend(project.id(), at);
        RuleOutcome outcome;
        try {
            outcome = set.decide(new Request(request,
                    Circumstances.of(request, at, spend.today(), spend.thisMonth())));
        } catch (RuntimeException | StackOverflowError e) {
            // A rule that denies must not be got round by a text on which another one fails.
            LOG.error("Rules {} failed on request {}", set.version(), request.id(), e);
            throw Problem.of(Kind.INTERNAL, "A rule failed on this request, so it is not sent to any model; the log "
                    + "says which.").asException();
        }
        return outcome.gaveUp() == null ? outcome : gaveUp(request, outcome);
    }

    private RuleOutcome gaveUp(LlmRequest request, RuleOutcome outcome) {
        if (rules.overtimes().add(outcome.gaveUp().why())) {
            LOG.error("{} It was request {}; the rules' version is {}", outcome.gaveUp().why(), request.id(),
                    outcome.version());
        }
        if (outcome.gaveUp().couldFence()) {
            // A text that takes long must not get round a rule that denies it.
            throw Problem.of(Kind.INTERNAL, outcome.gaveUp().why() + " One that was not asked could have denied it, so "
                    + "it is not sent to any model.").asException();
        }
        return outcome;
    }

    /** What each rule has to do with a request that was routed; none where no rule runs. */
    public List<RuleTrace> explain(Routed routed) {
        if (routed.decision().source() == Source.BYPASS) {
            return List.of();
        }
        Knowledge.Spend spend = knowledge.spend(routed.project().id(), routed.at());
        return rules.forProject(routed.project()).explain(new Request(routed.request(),
                Circumstances.of(routed.request(), routed.at(), spend.today(), spend.thisMonth())));
    }

    private List<String> allowed(LlmRequest request, RuleOutcome outcome) {
        List<String> allowed = eligible.models(request, outcome);
        if (allowed.isEmpty()) {
            throw denied(outcome, "no model is left: rules allow " + eligible.byRules(request, outcome)
                    + (outcome.amongReason() == null ? "" : " (" + outcome.amongReason() + ")")
                    + ", constraints.models " + request.constraints().models());
        }
        return allowed;
    }

    private Model pinned(LlmRequest request, List<String> allowed) {
        if (!request.constraints().allows(request.model())) {
            throw Problem.field("model", "model is \"" + request.model() + "\", which constraints.models leaves out: "
                    + allowed + ".").asException();
        }
        return setting.catalogue().require("model", request.model());
    }

    private Model byRule(LlmRequest request, RuleOutcome outcome) {
        boolean outside = Eligible.leavesOut(outcome, outcome.model());
        if (outside || !request.constraints().allows(outcome.model())) {
            throw denied(outcome, "the rule sends this request to " + outcome.model() + ", which "
                    + (outside ? "an earlier rule (" + outcome.amongReason() + ")" : "constraints.models")
                    + " leaves out");
        }
        return setting.catalogue().require("model", outcome.model());
    }

    private void checkDemands(LlmRequest request, Model model) {
        if (!request.constraints().allows(model.id())) {
            throw Problem.field("constraints.models", "The project's default model " + model.id()
                    + " is not among constraints.models, and nothing else may choose.").asException();
        }
        var most = request.constraints().maxCostUsd();
        var worst = setting.estimator().worstCase(request, model);
        if (most != null && worst.compareTo(most) > 0) {
            throw Problem.field("constraints.maxCostUsd", "The request can cost " + worst.toPlainString() + " USD at "
                    + model.id() + ", more than constraints.maxCostUsd (" + most.toPlainString()
                    + "). Raise it, shorten the prompt or lower maxOutputTokens.").asException();
        }
    }

    private Routed routed(LlmRequest request, Project project, Model model, Decision decision, ZonedDateTime at,
                          List<String> allowed, Chain chain) {
        Context context = Context.of(decision.category(), decision.tokenCount());
        Experience experience = knowledge.experience();
        Estimate estimate = setting.estimator().estimate(request, model, context, experience);
        List<Routed> cheaper = new ArrayList<>();
        if (project.onLimit() == Project.OnLimit.DEGRADE) {
            allowed.stream().map(id -> setting.catalogue().require("model", id))
                    .map(other -> new Routed(request, project, other,
                            decision.degraded(other.id(), meets(decision, other) ? "" : relaxed(request.constraints(),
                                    "no model that meets it fits into the limit")),
                            setting.estimator().estimate(request, other, context, experience), List.of(),
                            chain.from(other, decision, request.constraints()), at))
                    .filter(other -> other.estimate().worstCaseUsd().compareTo(estimate.worstCaseUsd()) < 0)
                    .sorted(Comparator.comparing((Routed r) -> meets(decision, r.model()))
                            .thenComparing(r -> r.estimate().worstCaseUsd()).reversed())
                    .forEach(cheaper::add);
        }
        return new Routed(request, project, model, decision, estimate, cheaper, chain.from(model, decision, request.constraints()), at);
    }

    /** Whether the bandit, if it chose, weighed this model, as it does with all that meet the request's demands. */
    private static boolean meets(Decision decision, Model model) {
        return decision.source() != Source.BANDIT
                || decision.candidates().stream().anyMatch(candidate -> candidate.model().equals(model.id()));
    }

    /** What nobody weighed where the bandit did not choose: told, never ignored in silence. */
    private static String relaxed(LlmRequest request, Source source) {
        return source == Source.BANDIT ? "" : relaxed(request.constraints(), "only the bandit weighs it");
    }

    private static String relaxed(Constraints constraints, String why) {
        List<String> demands = new ArrayList<>();
        if (constraints.minQuality() != null) {
            demands.add("minQuality");
        }
        if (constraints.maxLatencyMs() != null) {
            demands.add("maxLatencyMs");
        }
        return demands.isEmpty() ? "" : "; " + String.join(" and ", demands) + " relaxed: " + why;
    }

    private static String category(LlmRequest request) {
        return request.category() != null ? request.category()
                : request.agent().type() != null ? request.agent().type() : "general";
    }

    private static conduit.problem.ProblemException denied(RuleOutcome outcome, String reason) {
        return new Problem(Kind.DENIED, "Denied: " + reason + ".", Map.of("rules", outcome.fired())).asException();
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1_000;
    }
}
