package conduit.replay;

import conduit.bandit.Arm;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.bandit.Entry;
import conduit.bandit.Experience;
import conduit.bandit.Guarantee;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;
import org.apache.commons.rng.UniformRandomProvider;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sampler as Conduit runs it, and its variants. */
final class Learner implements Policy {

    /** The mean output before anything is known, tokens. */
    private static final double FIRST_GUESS = 400;

    private final Recording recording;
    private final Variant variant;
    private final Calls calls = new Calls();
    private Beliefs beliefs;
    private Terms terms;
    private long requests;
    private long labels;

    Learner(Recording recording, Variant variant) {
        this.recording = recording;
        this.variant = variant;
        this.beliefs = Beliefs.none(variant.tuning(), Map.of());
        this.terms = variant.minQuality() == null ? variant.terms() : variant.terms().at(0);
    }

    @Override
    public int choose(Query query, UniformRandomProvider random) {
        Experience experience = calls.experience();
        double own = cost(query, recording.baseline(), experience);
        if (variant.minQuality() != null && requests++ % Guarantee.EVERY == 0) {
            terms = new Guarantee(variant.minQuality()).terms(loads(experience), recording.baselineModel(), labels,
                    variant.terms().at(terms.lambda()), random.nextLong());
        }
        Terms typical = terms.typically(variant.minQuality() == null ? experience.typicalCost(own) : own);
        return ThompsonSampler.index(arms(context(query), query.promptTokens(), experience), typical, random);
    }

    @Override
    public void learn(Query query, int model, boolean judged) {
        Outcome outcome = query.outcomes()[model];
        calls.add(context(query), query.promptTokens(), recording.models().get(model), outcome,
                cost(query, recording.baseline(), calls.experience()));
        if (judged) {
            labels++;
            beliefs = beliefs.after(new Entry.Judged(beliefs.version() + 1, context(query),
                    recording.models().get(model), variant.reward().applyAsDouble(outcome), 1));
        }
    }

    private Context context(Query query) {
        return variant.context(query.context());
    }

    private List<Arm> arms(Context context, double promptTokens, Experience experience) {
        List<Arm> arms = new ArrayList<>(recording.models().size());
        for (int m = 0; m < recording.models().size(); m++) {
            String model = recording.models().get(m);
            arms.add(new Arm(model, beliefs.posterior(context, model),
                    BigDecimal.valueOf(cost(context, promptTokens, m, experience))));
        }
        return arms;
    }

    private double cost(Query query, int model, Experience experience) {
        return cost(context(query), query.promptTokens(), model, experience);
    }

    private double cost(Context context, double promptTokens, int model, Experience experience) {
        return recording.rates().get(model).cost(promptTokens,
                experience.meanOutput(context, recording.models().get(model), FIRST_GUESS));
    }

    private List<Guarantee.Load> loads(Experience experience) {
        List<Guarantee.Load> loads = new ArrayList<>();
        for (Context context : experience.contexts()) {
            loads.add(new Guarantee.Load(experience.share(context),
                    arms(context, experience.meanInput(context), experience)));
        }
        return loads;
    }
}
