package conduit.rules.engine;

import java.util.List;

/** What a rule says of a request. */
public sealed interface Action {

    /** The request goes to this model. */
    record To(String model, String reason) implements Action {
    }

    /** Nobody answers. */
    record Deny(String reason) implements Action {
    }

    /** One of these models answers. */
    record Among(String reason, List<String> models) implements Action {
    }

    /** The kind of request from which the bandit learns. */
    record Category(String name) implements Action {
    }

    /** The models that it names. */
    default List<String> models() {
        return this instanceof To to ? List.of(to.model) : this instanceof Among among ? among.models : List.of();
    }
}
