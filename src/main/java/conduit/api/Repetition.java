package conduit.api;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Candidate;
import conduit.bandit.Choice;
import conduit.bandit.Context;
import conduit.bandit.Posterior;
import conduit.bandit.ThompsonSampler;
import conduit.ledger.Requests;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.routing.Decision;
import conduit.routing.Source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Makes a recorded choice of the bandit again: beliefs from the log, draws from the seed, and compares them bit for bit. */
public final class Repetition {

    private static final String CHANGED = "The log of judgements, the catalogue's priors, conduit.bandit.prior-strength or "
            + "conduit.bandit.discount were changed since, or the way in which Conduit reads the log; with those of then the "
            + "beliefs are the same.";

    private final Requests requests;
    private final LongFunction<Beliefs> beliefs;
    private final Alone alone = new Alone();

    /** @param beliefs those of a version, folded from the log's first line */
    public Repetition(Requests requests, LongFunction<Beliefs> beliefs) {
        this.requests = requests;
        this.beliefs = beliefs;
    }

    /** One number that came out otherwise. */
    private record Difference(String model, String field, Object recorded, Object repeated) {
    }

    /**
     * The choice of a request's last run, and where it differs; one at a time.
     *
     * @throws conduit.problem.ProblemException if there is no such request, or the bandit did not choose for it
     */
    public Map<String, Object> of(String id) {
        Decision decision = decision(id);
        return alone.run("repetition", () -> repeated(id, decision, beliefs.apply(decision.sampling().posteriorVersion())));
    }

    private static Map<String, Object> repeated(String id, Decision decision, Beliefs then) {
        Context context = new Context(decision.category(), decision.sampling().lengthBucket());
        List<Arm> arms = decision.candidates().stream().map(c -> new Arm(c.model(), then.posterior(context, c.model()),
                c.expectedCostUsd())).toList();
        Choice choice = ThompsonSampler.choose(arms, decision.sampling().terms(), decision.seed());
        List<Difference> beliefs = beliefs(decision, then, choice);
        List<Difference> differences = new ArrayList<>(beliefs);
        // What differs in belief is drawn from what was recorded: else each later number would differ for that reason.
        differences.addAll(draws(decision, beliefs.isEmpty() ? choice : ThompsonSampler.choose(recorded(decision),
                decision.sampling().terms(), decision.seed())));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("identical", differences.isEmpty());
        map.put("model", decision.model());
        map.put("chosen", choice.model());
        map.put("degradedFrom", decision.degradedFrom());
        map.put("posteriorVersion", decision.sampling().posteriorVersion());
        map.put("seed", decision.seed());
        map.put("candidates", choice.candidates());
        map.put("differences", differences);
        map.put("hint", beliefs.isEmpty() ? null : CHANGED);
        return map;
    }

    private Decision decision(String id) {
        Requests.Stored stored = requests.find(id).orElseThrow(() -> Problem.of(Kind.NOT_FOUND,
                "There is no request \"" + id + "\".").with("field", "id").asException());
        Decision decision = requests.decision(id, stored.run()).orElseThrow(() -> Problem.field("id", "The request \"" + id
                + "\" was refused before a model was chosen; there is nothing to repeat.").asException());
        if (decision.source() != Source.BANDIT) {
            throw Problem.field("id", "The model of request \"" + id + "\" is by source " + decision.source().text()
                    + ", not chosen by the bandit; there is nothing to draw again.").asException();
        }
        if (decision.sampling() == null) {
            throw Problem.field("id", "The request \"" + id + "\" is of a former version of Conduit, which did not record by what "
                    + "the bandit chose; it can't be repeated.").asException();
        }
        return decision;
    }

    private static List<Arm> recorded(Decision decision) {
        return decision.candidates().stream().map(c -> new Arm(c.model(), new Posterior(c.alpha(), c.beta(), 0),
                c.expectedCostUsd())).toList();
    }

    private static List<Difference> beliefs(Decision decision, Beliefs then, Choice choice) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, null, "posteriorVersion", decision.sampling().posteriorVersion(), then.version());
        for (int i = 0; i < decision.candidates().size(); i++) {
            Candidate before = decision.candidates().get(i);
            Candidate now = choice.candidates().get(i);
            compare(differences, before.model(), "alpha", before.alpha(), now.alpha());
            compare(differences, before.model(), "beta", before.beta(), now.beta());
        }
        return differences;
    }

    private static List<Difference> draws(Decision decision, Choice choice) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, null, "model", decision.degradedFrom() != null ? decision.degradedFrom() : decision.model(),
                choice.model());
        for (int i = 0; i < decision.candidates().size(); i++) {
            Candidate before = decision.candidates().get(i);
            Candidate now = choice.candidates().get(i);
            compare(differences, before.model(), "mean", before.mean(), now.mean());
            compare(differences, before.model(), "draw", before.draw(), now.draw());
            compare(differences, before.model(), "propensity", before.propensity(), now.propensity());
        }
        return differences;
    }

    private static void compare(List<Difference> differences, String model, String field, Object recorded, Object repeated) {
        if (!recorded.equals(repeated)) {
            differences.add(new Difference(model, field, recorded, repeated));
        }
    }
}
