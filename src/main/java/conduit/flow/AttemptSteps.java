package conduit.flow;

import conduit.attempt.Attempt;
import conduit.attempt.Course;
import conduit.attempt.Heard;
import conduit.attempt.Means;
import conduit.claude.Listener;
import conduit.claude.Outcome;
import conduit.ledger.Run;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The steps from a run to its outcome, each of which the route 30-call-claude names. */
public final class AttemptSteps {

    private final Means means;

    public AttemptSteps(Means means) {
        this.means = means;
    }

    /** Whether another call is to be made; the exchange's attempt says which. */
    public boolean goesOn(Exchange exchange) {
        if (exchange.getProperty(Carried.COURSE) == null) {
            Course course = course(exchange);
            exchange.setProperty(Carried.COURSE, course);
            // Wherever it fails: a probe that nobody makes would keep its model's breaker from ever closing.
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    course.close();
                }
            });
            follow(exchange, course, course.begin());
        }
        return exchange.getProperty(Carried.OUTCOME) == null;
    }

    private Course course(Exchange exchange) {
        Listener listener = exchange.getProperty(Carried.LISTENER, Listener.class);
        Heard heard = listener == null ? null : new Heard(listener);
        if (heard != null) {
            exchange.setProperty(Carried.LISTENER, heard);
        }
        BooleanSupplier stopping = exchange.getContext()::isStopping;
        return new Course(means, exchange.getProperty(Carried.RUN, Run.class),
                () -> stopping.getAsBoolean() || heard != null && heard.isPast());
    }

    /** Takes what the attempt came to, which is in the body, for the run's outcome, if no other attempt can better it. */
    public void judge(Exchange exchange) {
        Course course = exchange.getProperty(Carried.COURSE, Course.class);
        follow(exchange, course, course.judge(exchange.getMessage().getBody(Outcome.class)));
    }

    private static void follow(Exchange exchange, Course course, Optional<Attempt> next) {
        exchange.setProperty(Carried.RUN, course.run());
        next.ifPresent(attempt -> exchange.setProperty(Carried.ATTEMPT, attempt));
        exchange.setProperty(Carried.OUTCOME, course.outcome());
    }

    /** Makes the body the run's completion. */
    public void complete(Exchange exchange) {
        exchange.getMessage().setBody(means.accountant().complete(exchange.getProperty(Carried.RUN, Run.class),
                exchange.getProperty(Carried.OUTCOME, Outcome.class)));
        exchange.setProperty(Carried.COMPLETED, true);
    }
}
