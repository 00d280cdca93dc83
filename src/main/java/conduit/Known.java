package conduit;

import conduit.bandit.Beliefs;
import conduit.bandit.Experience;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.ledger.Spending;
import conduit.routing.Knowledge;

import java.time.ZonedDateTime;
import java.util.Set;
import java.util.function.Supplier;

/** What decisions read, from the stores. */
record Known(BeliefLog log, ExperienceStore experiences, Spending spending, Supplier<Set<String>> open) implements Knowledge {

    /** Beside a server, where nobody calls a model. */
    Known(BeliefLog log, ExperienceStore experiences, Spending spending) {
        this(log, experiences, spending, Set::of);
    }

    @Override
    public Beliefs beliefs() {
        return log.beliefs();
    }

    @Override
    public Experience experience() {
        return experiences.experience();
    }

    @Override
    public Set<String> leftAlone() {
        return open.get();
    }

    @Override
    public Spend spend(String project, ZonedDateTime at) {
        Spending.Sums sums = spending.of(project, at.toLocalDate());
        return new Spend(sums.day().spent(), sums.month().spent());
    }
}
