package conduit.routing;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** Who chose the model. */
public enum Source {
    PINNED, RULE, BANDIT, DEFAULT, BYPASS;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
