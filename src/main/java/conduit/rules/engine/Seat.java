package conduit.rules.engine;

import conduit.rules.fact.Request;
import org.drools.base.base.ValueResolver;
import org.drools.base.rule.consequence.Consequence;
import org.drools.base.rule.consequence.ConsequenceContext;
import org.drools.core.rule.consequence.KnowledgeHelper;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** A session of the engine that is used again and again, by one decision at a time. */
final class Seat {

    /** More firings than this in one decision mean that rules chase each other. */
    private static final int MOST_FIRINGS = 10_000;

    private final KieSession session;
    private final Choice choice = new Choice();

    Seat(KieBase base) {
        session = base.newKieSession();
        session.insert(choice);
    }

    /** The fact that every rule matches beside the request: it leads the rule that holds to this decision's route. */
    public static final class Choice {
        private Route route;
        private Request request;
    }

    /** Asks the rules; those that hold write into the route until one decides. */
    void ask(Request request, Route route) {
        choice.route = route;
        choice.request = request;
        FactHandle handle = session.insert(request);
        session.fireAllRules(MOST_FIRINGS);
        session.delete(handle);
        choice.route = null;
        choice.request = null;
    }

    void close() {
        session.dispose();
    }

    /** What runs in place of a consequence: nothing that an author wrote is ever compiled as code. */
    record Firing(Rule rule) implements Consequence<ConsequenceContext> {

        @Override
        public String getName() {
            return "default";
        }

        @Override
        public void evaluate(ConsequenceContext context, ValueResolver resolver) {
            KnowledgeHelper helper = (KnowledgeHelper) context;
            for (Object fact : helper.getMatch().getObjects()) {
                if (fact instanceof Choice choice) {
                    choice.request.check();
                    choice.route.take(rule);
                    if (choice.route.isDecided()) {
                        helper.getKieRuntime().halt();
                    }
                }
            }
        }
    }
}
