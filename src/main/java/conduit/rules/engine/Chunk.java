package conduit.rules.engine;

import conduit.rules.fact.Request;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.compiler.builder.impl.KnowledgeBuilderImpl;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.definition.KiePackage;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.conf.ConstraintJittingThresholdOption;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Rules that follow each other in rank, compiled together; safe for any number of threads. */
final class Chunk {

    /** Seats that wait for a decision; more are made in a rush, and let go after it. */
    private static final int MOST_WAITING = 2 * Runtime.getRuntime().availableProcessors();

    private final List<Rule> rules;
    private final InternalKnowledgeBase base;
    private final ConcurrentLinkedDeque<Seat> seats = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Compiles rules; on equal salience the earlier one goes first. */
    Chunk(List<Rule> rules) {
        this.rules = rules;
        KnowledgeBuilderImpl builder = (KnowledgeBuilderImpl) KnowledgeBuilderFactory.newKnowledgeBuilder();
        builder.addPackage(Descriptors.describe(rules));
        if (builder.hasErrors()) {
            throw new IllegalStateException("rules that were read can't be compiled: " + builder.getErrors());
        }
        KieBaseConfiguration configuration = KieServices.get().newKieBaseConfiguration();
        // Compiled conditions would be classes: hardly faster, and left behind by each reload.
        configuration.setOption(ConstraintJittingThresholdOption.get(-1));
        base = (InternalKnowledgeBase) KnowledgeBaseFactory.newKnowledgeBase(configuration);
        base.addPackages(builder.getKnowledgePackages());
        for (KiePackage each : base.getKiePackages()) {
            each.getRules().forEach(rule -> ((RuleImpl) rule).setConsequence(
                    new Seat.Firing(rules.get(Integer.parseInt(rule.getName())))));
        }
    }

    List<Rule> rules() {
        return rules;
    }

    /** Asks the rules; a seat on which they failed is not used again. */
    void ask(Request request, Route route) {
        Seat seat = seats.pollFirst();
        if (seat == null) {
            seat = new Seat(base);
        } else {
            waiting.decrementAndGet();
        }
        boolean sound = false;
        try {
            seat.ask(request, route);
            sound = true;
        } finally {
            if (sound && waiting.incrementAndGet() <= MOST_WAITING) {
                seats.addFirst(seat);
            } else {
                if (sound) {
                    waiting.decrementAndGet();
                }
                seat.close();
            }
        }
    }
}
