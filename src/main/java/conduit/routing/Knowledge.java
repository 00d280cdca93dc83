package conduit.routing;

import conduit.bandit.Beliefs;
import conduit.bandit.Experience;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Set;

/** What a decision reads besides the request; the stores of the layers above give it. */
public interface Knowledge {

    /** What a project has spent, US dollars: settled, not reserved. */
    record Spend(BigDecimal today, BigDecimal thisMonth) {
    }

    /** What is believed of the models' quality. */
    Beliefs beliefs();

    /** What calls were like. */
    Experience experience();

    Spend spend(String project, ZonedDateTime at);

    /** The models that are left alone for a while, as they failed often of late. */
    default Set<String> leftAlone() {
        return Set.of();
    }
}
