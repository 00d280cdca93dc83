package conduit.rules.engine;

import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import org.kie.api.KieBase;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Compiled rules of one version; safe for any number of threads. */
public final class RuleSet {

    /** More firings than this in one decision mean that rules chase each other. */
    private static final int MOST_FIRINGS = 10_000;

    private static final int WARM_UPS = 20;

    private final String version;
    private final KieBase base;
    private final Map<String, RuleInfo> rules;

    RuleSet(String version, KieBase base, Map<String, RuleInfo> rules) {
        this.version = version;
        this.base = base;
        this.rules = rules;
    }

    public String version() {
        return version;
    }

    /** The rules, by file and in their order. */
    public List<RuleInfo> rules() {
        return List.copyOf(rules.values());
    }

    /** Lets Drools and the JVM compile what the first real decisions would have to wait for. */
    public void warmUp() {
        LlmRequest sample = new LlmRequest("warm-up", "default", "A prompt", "", Agent.NONE, null, null, null,
                List.of(), null, null, Constraints.NONE, Map.of(), Inlet.HTTP);
        for (int i = 0; i < WARM_UPS; i++) {
            decide(new Request(sample, Circumstances.of(sample, ZonedDateTime.now(ZoneOffset.UTC), BigDecimal.ZERO,
                    BigDecimal.ZERO)));
        }
    }

    /** What the rules say of a request. */
    public RuleOutcome decide(Request request) {
        if (rules.isEmpty()) {
            return RuleOutcome.none(version);
        }
        KieSession session = base.newKieSession();
        try {
            Route route = new Route(session::halt);
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void beforeMatchFired(BeforeMatchFiredEvent event) {
                    route.firing(rules.get(event.getMatch().getRule().getName()));
                }
            });
            session.insert(route);
            session.insert(request);
            session.fireAllRules(MOST_FIRINGS);
            return route.outcome(version);
        } finally {
            session.dispose();
        }
    }
}
