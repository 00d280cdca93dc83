package conduit.routing;

import conduit.bandit.ModelState;

import java.math.BigDecimal;
import java.time.ZonedDateTime;

/** What a decision reads besides the request; the stores of the layers above give it. */
public interface Knowledge {

    /** What a project has spent, US dollars: settled, not reserved. */
    record Spend(BigDecimal today, BigDecimal thisMonth) {
    }

    ModelState state(String model);

    Spend spend(String project, ZonedDateTime at);
}
