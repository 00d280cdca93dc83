package conduit.backtest;

import conduit.Some;
import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.bandit.Posterior;
import conduit.bandit.Terms;
import conduit.bandit.Tuning;
import conduit.ledger.Recorded;
import conduit.ledger.Records;
import conduit.ledger.RequestState;
import conduit.model.Tokens;
import conduit.project.Project;
import conduit.request.LlmRequest;
import conduit.routing.Eligible;
import conduit.routing.Estimator;
import conduit.routing.Fallback;
import conduit.routing.Knowledge;
import conduit.routing.Source;
import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/** A record made up by hand, and candidate rules tried on it. */
final class Trying {

    static final String HAIKU = "claude-haiku-5-5";
    static final String SONNET = "claude-sonnet-5-5";
    static final String OPUS = "claude-opus-5-5";
    static final Tokens TOKENS = Tokens.of(1000, 500);
    static final Knowledge KNOWLEDGE = new Knowledge() {
        @Override
        public Beliefs beliefs() {
            return Beliefs.none(Tuning.DEFAULT, Map.of("claude-haiku-5-5", new Posterior(100, 100, 5),
                    "claude-sonnet-5-5", new Posterior(100, 100, 5), "claude-opus-5-5", new Posterior(900, 100, 5)));
        }

        @Override
        public Experience experience() {
            return Experience.NONE;
        }

        @Override
        public Spend spend(String project, ZonedDateTime at) {
            return new Spend(BigDecimal.ZERO, BigDecimal.ZERO);
        }
    };
    static final Fallback FALLBACK = new Fallback(Some.CATALOGUE, new Estimator(1000), KNOWLEDGE,
            new Fallback.Setting(Terms.plain(0.04, 0), 1));

    private Project project = Some.project("{'defaultModel':'claude-sonnet-5'}");
    private Records.Before before = new Records.Before(BigDecimal.ZERO, BigDecimal.ZERO);
    private ZoneId zone = ZoneId.of("UTC");
    private int changes = 1000;
    private Candidate candidate;

    /** Candidate rules, in the words of a rule file; they need texts where {@code readsTexts}. */
    static Trying rules(boolean readsTexts, String... rules) {
        RuleSet set = Deciding.compile(new RuleSource("x.drl", String.join("\n", rules)));
        Trying trying = new Trying();
        trying.candidate = new Candidate() {
            @Override
            public RuleOutcome decide(Request request) {
                return set.decide(request);
            }

            @Override
            public boolean needsTexts(Request request) {
                return readsTexts && !request.hasTexts();
            }
        };
        return trying;
    }

    static Trying rules(String... rules) {
        return rules(false, rules);
    }

    /** Rules that fail on every request. */
    static Trying failing() {
        Trying trying = rules();
        trying.candidate = new Candidate() {
            @Override
            public RuleOutcome decide(Request request) {
                throw new IllegalStateException("failed");
            }

            @Override
            public boolean needsTexts(Request request) {
                return false;
            }
        };
        return trying;
    }

    Trying project(String json) {
        project = Some.project(json);
        return this;
    }

    Trying before(String ofDay, String ofMonth) {
        before = new Records.Before(new BigDecimal(ofDay), new BigDecimal(ofMonth));
        return this;
    }

    Trying zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    Trying listing(int most) {
        changes = most;
        return this;
    }

    /** A rule that sends what meets the condition to a model. */
    static String to(String condition, String model) {
        return Deciding.rule("to " + model, 0, "Request( " + condition + " )", "$route.to(\"" + model + "\", \"why\");");
    }

    /** A request of the project "p" that completed at the model, with 1,000 tokens in and 500 out. */
    static Recorded recorded(String at, String model, Source source, String more) {
        return recorded(at, model, source, more, RequestState.COMPLETED, true);
    }

    static Recorded recorded(String at, String model, Source source, String more, RequestState state, boolean whole) {
        LlmRequest request = Some.request("{'id':'r" + at.replaceAll("[^0-9T]", "") + "','project':'p','prompt':'x'" + more
                + "}");
        BigDecimal cost = Some.CATALOGUE.find(model).orElseThrow().prices().cost(TOKENS)
                .setScale(6, RoundingMode.HALF_UP);
        return new Recorded(request, Instant.parse(at), state, false, whole, 1,
                new Recorded.Ran(model, source, null, 250, TOKENS, cost, BigDecimal.ZERO));
    }

    /** The report on these requests, in this order. */
    Report on(Recorded... record) {
        Instant from = record[0].at();
        Pricing pricing = new Pricing(FALLBACK.catalogue(), FALLBACK.estimator());
        Pass pass = new Pass(new Redecision(new Eligible(FALLBACK.catalogue()), pricing, new Lots(FALLBACK, pricing)),
                new Spends(from.atZone(zone).toLocalDate(), id -> before), new Tally(pricing, changes),
                id -> id.equals("p") ? Optional.of(new Pass.Asked(project, candidate)) : Optional.empty(), zone);
        for (Recorded one : record) {
            pass.see(one);
        }
        return pass.report(new Records.Range(from, from, null), "v", 0);
    }
}
